# As manual.bats, of the commands that are shown with drivers that are not mac80211.
# rig: mac80211_hwsim.radios=0 csmesim.radios=1 mlosim.radios=1

bats_require_minimum_version 1.5.0
load helpers
load documents

setup() { setup_documents; }

@test "the commands of the manual, on other drivers" { transcript man/iw-mlo.8 csme counts; }
