# fish completion for iw-mlo. Which words may come next, the program says itself: "iw-mlo help --words".

# What this machine has in the place of a word in capitals: names from sysfs, the rest from the kernel.
function __iw_mlo_values --argument-names word
    set --local words $argv[2..]
    set --query _iw_mlo_sysfs; or set --local _iw_mlo_sysfs /sys
    switch $word
        case DEV
            string replace --filter --regex '.*/([^/]+)/phy80211$' '$1' -- $_iw_mlo_sysfs/class/net/*/phy80211
        case PHY
            string replace --filter --regex '.*/' '' -- $_iw_mlo_sysfs/class/ieee80211/*
        case WDEV
            $words[1] -t 1 -j dev 2>/dev/null | string match --all --regex --groups-only '"wdev":"(0x[0-9a-f]+)"'
        case FILE
            __fish_complete_path (commandline --current-token --cut-at-cursor)
        case ID
            for n in (seq 2 (math (count $words) - 1))
                if contains -- $words[$n] dev wdev
                    $words[1] -t 1 -j $words[$n] $words[(math $n + 1)] info 2>/dev/null |
                        string match --all --regex --groups-only '"link_id":([0-9]+)'
                    break
                end
            end
    end
end

function __iw_mlo_words
    set --local words (commandline --tokenize --cut-at-cursor --current-process)
    set --local typed (commandline --current-token --cut-at-cursor)
    for line in ($words[1] help --words $words[2..] 2>/dev/null)
        set --local word (string split --max 1 \t -- $line)[1]
        if string match --quiet --regex '^[A-Z]' -- $word
            __iw_mlo_values $word $words
        else if string match --quiet -- '-*' $typed; or not string match --quiet -- '-*' $word
            printf '%s\n' $line
        end
    end
end

complete --command iw-mlo --no-files --arguments '(__iw_mlo_words)'
