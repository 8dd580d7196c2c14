"""The app in known states, at a known moment, without a network: what pictures and looks tests are made of.

Everything in them is invented. A scene is told in `scenes`, its words stand in `lighthouse`, the side list in
`conversations`, and `stage` opens the app on them.
"""
