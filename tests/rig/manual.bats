# What the manual shows is what is printed: its commands are run, in their order. "make docs" writes what differs.

bats_require_minimum_version 1.5.0
load helpers
load documents

setup_file() { ! in_guest || regdom_eu; }
setup() { setup_documents; }

@test "the commands of the manual" { transcript man/iw-mlo.8 start two_links demo_ap office client client_of_two; }
