### The words of brainzlift. One section a module; every id stands in every language.

## common

hint = hint

## catalog

catalog-unknown-dataset = “{ $name }” is not a dataset
catalog-unknown-dataset-hint = choose from musicbrainz, listenbrainz, all, or a name that `brainzlift datasets` shows
catalog-did-you-mean = did you mean { $names }? `brainzlift datasets` shows them all
catalog-family-musicbrainz-json = MusicBrainz JSON
catalog-family-musicbrainz-canonical = MusicBrainz canonical data
catalog-family-listenbrainz-full = ListenBrainz full export
catalog-family-listenbrainz-incremental = ListenBrainz increments
catalog-family-listenbrainz-sample = ListenBrainz sample
catalog-malformed-sums = the checksum file { $file } is malformed at line { $line }
catalog-malformed-line = { $reason }: “{ $line }”
catalog-malformed-hint = nothing can be proven against it, so nothing is taken; try again later, or choose another mirror with --mirror
catalog-not-a-sum = not a SHA-256 and a file name
catalog-not-a-file-name = not a plain file name
catalog-two-digests = another digest for the same file stands above
catalog-empty-digest = it is empty
catalog-other-name = it speaks of another file
catalog-mirror-not-http = { $url } is not an address of a mirror
catalog-mirror-not-http-hint = give an http or https address, such as { $example }
catalog-mirror-unreachable = the mirror { $mirror } cannot be reached
catalog-mirror-unreachable-hint = check the network and any proxy, or choose another mirror with --mirror; --sandbox needs no network
catalog-no-client = the HTTP client cannot be started
catalog-redirects-endless = it redirects without end
catalog-redirect-unsafe = it redirects to an address that is not safe to follow
catalog-request-failed = { $url } could not be read
catalog-too-large = { $url } is larger than { $size }, which no listing or checksum file is
catalog-no-length = { $url } does not say how large it is
catalog-timed-out = no answer in time
catalog-name-unknown = its host name is not known
catalog-connection-refused = connection refused
catalog-bad-certificate = its certificate is not trusted ({ $reason })
catalog-no-connection = no connection ({ $reason })
catalog-connection-broke = the connection broke ({ $reason })
catalog-status = the server answered { $status }
catalog-hint-mirror = check the mirror’s address (--mirror)
catalog-hint-later = try again later
catalog-hint-network = check the network, any proxy and the mirror’s address (--mirror)
catalog-hint-certificate = check this machine’s clock and its trusted certificates, and whether a proxy stands between
catalog-hint-gone = upstream keeps only the newest dumps: look again for the newest one, or check the mirror’s address (--mirror)
catalog-hint-forbidden = the server does not let you in: check the mirror’s address, user name and password (--mirror)
catalog-passed-unmarked = upstream has not marked it complete yet
catalog-passed-no-sums = its SHA256SUMS is missing or names no archive
catalog-passed-no-archive = its archive is not there yet
catalog-passed-no-digest = { $archive } has no .sha256 beside it yet: it is probably still being uploaded
catalog-passed-vanished = it went away while it was being looked at
catalog-passed-missing = an archive that it names is missing ({ $reason })
catalog-passed-empty = { $archive } was published empty
catalog-no-family = the mirror has no { $family }
catalog-none-complete = the mirror has no complete dump of { $family }
catalog-no-folder = no folder has a dump’s name

## bucket


## transfer

plan-current = in its place, current
plan-here = here, to upload
plan-partly = begun: { $downloaded } here, { $uploaded } in S3
plan-missing = to fetch
plan-newer = newer upstream
plan-newer-than = newer upstream than { $have }
plan-unknown = something unknown stands at its key
plan-not-here = not on this disk


## cost


## config


## sandbox

sandbox-faults-unreadable = The file of faults { $path } cannot be read
sandbox-faults-unreadable-hint = Check the path after --faults.
sandbox-faults-wrong = The file of faults is wrong in line { $line }
sandbox-faults-wrong-hint = Each [[fault]] needs "on", "path" and "what"; the README lists what can go wrong.

## cli

cli-no-home = No directory of yours could be found
cli-no-home-hint = Set HOME, or name a directory with --sandbox-dir.
cli-no-terminal = The wizard needs a terminal
cli-no-terminal-hint = Use a command: setup, datasets, plan, lift, download, upload, status or sandbox. `brainzlift --help` explains them.
cli-sandbox-contradiction = --sandbox and { $flag } exclude each other
cli-sandbox-contradiction-hint = The sandbox is its own store with its own keys: leave one of the two out.

## tui: frame, help

tui-step-connect = Connect
tui-step-bucket = Bucket
tui-step-protect = Protect
tui-step-datasets = Datasets
tui-step-review = Review
tui-step-transfer = Transfer
tui-step-done = Done
tui-badge-sandbox = SANDBOX
tui-key-help = help
tui-key-back = back
tui-help-title = Keys: { $step }
tui-help-close = any key closes
tui-help-help = This help
tui-help-language = English or French
tui-help-quit = Leave; while archives move, it asks first
tui-quit-title = Stop the transfer?
tui-quit-text = What was moved is kept. Started again, brainzlift goes on from there.
tui-quit-stop = stop and leave
tui-quit-stay = go on
tui-stopping-title = Stopping
tui-stopping-text = The last parts are being written down, so that the next start can go on from here.
tui-stopping-leave = leave at once
tui-too-small = brainzlift needs a terminal of { $width }×{ $height }; this one has { $now }. Make it larger, or use the commands: brainzlift --help


## tui: connect


## tui: bucket


## tui: protect


## tui: datasets


## tui: review


## tui: transfer


## tui: done


