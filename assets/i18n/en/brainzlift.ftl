### The words of brainzlift. One section a module; every id stands in every language.

## common

hint = hint: { $text }
because = { $what }: { $why }
series = { $one }; { $next }

## amounts

limit-refused = “{ $text }” cannot be used as a limit
limit-no-rate = “{ $text }” is not a rate
limit-too-slow = “{ $text }” is less than 1 KiB/s
limit-no-time = “{ $text }” is not a time of day
limit-no-pair = “{ $text }” has no time or no limit
limit-twice = { $time } stands twice
limit-hint = write bytes/s such as 20MiB, 20MB or 2500000; off for no limit; or limits by the hour: "08:00,5MiB 23:00,off"
limit-none = none
limit-until = { $rate } until { $time }

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
catalog-no-connection = no connection ({ $reason })
catalog-connection-broke = the connection broke ({ $reason })
catalog-status = the server answered { $status }
catalog-hint-mirror = check the mirror’s address (--mirror)
catalog-hint-later = try again later
catalog-hint-network = check the network, any proxy and the mirror’s address (--mirror)
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

bucket-cannot-connect = cannot connect to { $subject }
bucket-cannot-list-buckets = cannot list the buckets of { $subject }
bucket-cannot-create = cannot make the bucket { $subject }
bucket-cannot-open = cannot open the bucket { $subject }
bucket-cannot-list-objects = cannot list { $subject }
bucket-cannot-list-versions = cannot list the versions of { $subject }
bucket-cannot-head = cannot look at { $subject }
bucket-cannot-get = cannot read { $subject }
bucket-cannot-put = cannot write { $subject }
bucket-cannot-delete = cannot delete { $subject }
bucket-cannot-restore = cannot restore { $subject }
bucket-cannot-create-upload = cannot begin the upload of { $subject }
bucket-cannot-upload-part = cannot upload a part of { $subject }
bucket-cannot-list-parts = cannot ask which parts of { $subject } are there
bucket-cannot-complete-upload = cannot complete { $subject }
bucket-cannot-abort-upload = cannot abort the upload of { $subject }
bucket-cannot-list-uploads = cannot list the unfinished uploads of { $subject }
bucket-cannot-read-setting = cannot read a setting of the bucket { $subject }
bucket-cannot-write-setting = cannot change a setting of the bucket { $subject }

bucket-no-client = the HTTP client for S3 cannot be started
bucket-why-expired = the credentials have expired ({ $code })
bucket-why-unknown-key = this access key is not known there ({ $code })
bucket-why-wrong-secret = the secret does not belong to this access key ({ $code })
bucket-why-clock = this computer's clock differs too much from the server's ({ $code })
bucket-why-token = the session token is not valid ({ $code })
bucket-why-no-bucket = there is no such bucket ({ $code })
bucket-why-no-upload = this upload is no longer there: it was completed or aborted ({ $code })
bucket-why-taken = somebody else has a bucket of that name ({ $code })
bucket-why-too-many = the account may not have more buckets ({ $code })
bucket-why-archived = the object lies in a cold class and must be restored first ({ $code })
bucket-why-no-expedited = there is no room for expedited restores now ({ $code })
bucket-why-no-tier = the tier { $tier } does not exist for the class { $class }
bucket-hint-tiers = choose one of { $tiers }
bucket-why-no-object = there is no object at this key
bucket-why-read-only = read-only mode ({ $by }): nothing is changed
bucket-hint-read-only = run it without read-only mode to change something
bucket-hint-archived = restore it first: `brainzlift restore KEY`; that takes hours
bucket-why-status = the server answered with status { $status } and no word
bucket-why-refused = nothing listens there (connection refused)
bucket-why-unresolved = the host's name is not known
bucket-why-tls = no secure connection could be made: { $detail }
bucket-why-silent = no answer came in time
bucket-why-network = the connection broke: { $detail }
bucket-why-garbled = what answers there does not speak S3
bucket-why-no-credentials = no credentials were found
bucket-why-nothing-found = no credentials were found; looked at { $places }
bucket-why-provider = credentials were found but could not be used: { $detail }
bucket-why-provider-silent = whatever should give the credentials did not answer
bucket-why-no-profile = there is no profile { $name } in the AWS files
bucket-why-not-yours = the bucket is somebody else's, or these credentials may not use it
bucket-why-regions = each region that was asked named another one
bucket-why-rules-unreadable = the lifecycle rules may not be read, and writing them unread would lose those that are there
bucket-why-not-understood = it was written, but the answer to reading it back means nothing
bucket-why-not-read-back = it was written, but may not be read back

bucket-hint-clock = set the clock of this computer, best by NTP, and try again
bucket-hint-expired = sign in again (aws sso login, aws login) or enter new keys
bucket-hint-wrong-secret = copy the secret again, whole; it is shown only once, so make a new access key if it is lost
bucket-hint-taken = names of buckets are unique in all of AWS: choose another one
bucket-hint-free-name = names of buckets are unique in all of AWS; this one is free: { $name }
bucket-hint-too-many = delete a bucket that is not needed, use one that is there, or ask AWS for a higher quota
bucket-hint-region = check the region (--region)
bucket-hint-credentials = check the credentials (--profile, AWS_PROFILE, aws configure) and try again
bucket-hint-no-credentials = enter an access key in the wizard, or run aws configure, aws sso login or aws login, or set AWS_PROFILE; with no account at all, try --sandbox
bucket-hint-permission = ask whoever runs the account for this permission, or use another profile
bucket-hint-throttled = the server asks for fewer requests: wait a little and try again
bucket-hint-transient = try again; if it lasts, look at the network or the provider's status page
bucket-hint-store-full = make room in the store, or ask for a higher quota
bucket-hint-endpoint = check the network and the endpoint (--endpoint-url, AWS_ENDPOINT_URL)
bucket-hint-tls = check the endpoint (http or https?), this computer's clock and its certificates
bucket-hint-profiles = these profiles are there: { $names }
bucket-hint-no-profiles = there are no profiles yet: make one with aws configure
bucket-hint-create = check the name, or make the bucket first (brainzlift setup)
bucket-hint-not-yours = choose one of your own buckets, or ask its owner for access

bucket-bad-endpoint = { $url } is not an endpoint
bucket-bad-endpoint-hint = an endpoint looks like https://s3.example.org or http://127.0.0.1:9000

bucket-from-keys = the keys that were given
bucket-from-environment = environment variables
bucket-from-profile = profile { $profile }
bucket-from-sso = profile { $profile } (SSO)
bucket-from-login = profile { $profile } (aws login)
bucket-from-process = profile { $profile } (credential_process)
bucket-from-role = a role, through profile { $profile }
bucket-from-web-identity = a role, through a web identity token
bucket-from-container = the container's role
bucket-from-instance = the instance's role

bucket-profile-keys = access key
bucket-profile-sso = SSO
bucket-profile-login = aws login
bucket-profile-role = role
bucket-profile-process = credential_process
bucket-profile-none = no credentials

bucket-files-unreadable = the AWS files cannot be read
bucket-files-hint = repair the file, or name another with AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE

bucket-looked-set = set
bucket-looked-unset = not set
bucket-looked-profile = profile { $name }
bucket-looked-no-profile = not in the files
bucket-looked-empty = empty
bucket-looked-there = there
bucket-looked-missing = no such file
bucket-looked-no-container = not set: not a container with a role
bucket-looked-instance = instance metadata 169.254.169.254
bucket-looked-no-instance = no role there
bucket-looked-instance-off = switched off by AWS_EC2_METADATA_DISABLED

bucket-save-failed = the credentials could not be saved
bucket-save-failed-at = { $path } could not be written
bucket-save-no-home = the home directory is not known
bucket-save-no-home-hint = set HOME, or name the files with AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE
bucket-save-bad-profile = { $name } cannot be the name of a profile: no blanks, brackets, #, ; or =
bucket-save-empty = { $field } is empty
bucket-save-bad-value = { $field } holds a blank, a line break or a bracket
bucket-field-key = the access key
bucket-field-secret = the secret
bucket-field-token = the session token
bucket-field-region = the region
bucket-field-profile = the name of the profile
bucket-field-endpoint = the endpoint

bucket-name-refused = { $name } cannot be the name of a bucket
bucket-name-hint = 3 to 63 lower-case letters, digits and hyphens, such as music-recommendation-data
bucket-name-too-short = at least { $count } characters
bucket-name-too-long = at most { $count } characters
bucket-name-capitals = no capital letters
bucket-name-characters = only lower-case letters, digits, dots and hyphens
bucket-name-start = begin with a letter or a digit
bucket-name-end = end with a letter or a digit
bucket-name-two-dots = no two dots in a row
bucket-name-ip = not an IP address
bucket-name-prefix = names that begin with { $prefix } are kept by AWS
bucket-name-suffix = names that end with { $suffix } are kept by AWS

bucket-bad-class = { $class } is not a class for archives
bucket-bad-class-hint = choose one of { $classes }
bucket-bad-days = { $days } days is too long: at most { $most }

bucket-archive-rule = { $days ->
    [0] to { $class } at once
    [one] to { $class } after { $days } day
   *[other] to { $class } after { $days } days
}
bucket-change-versions-on = keep old versions of objects
bucket-change-versions-off = stop keeping old versions of objects
bucket-change-archive = move raw/ { $rule }
bucket-change-archive-other = move raw/ { $rule } (was { $before })
bucket-change-archive-away = no longer move raw/ { $before }
bucket-change-archive-none = move nothing to a colder class
bucket-change-abort = { $days ->
    [one] abort unfinished uploads after { $days } day
   *[other] abort unfinished uploads after { $days } days
}
bucket-change-abort-other = { $days ->
    [one] abort unfinished uploads after { $days } day (was { $before })
   *[other] abort unfinished uploads after { $days } days (was { $before })
}
bucket-change-block = block all public access
bucket-change-encrypt = encrypt new objects with S3's own keys
bucket-outcome-done = done
bucket-outcome-unsupported = skipped: this store does not know the setting
bucket-outcome-not-kept = accepted, but the store does not keep it
bucket-outcome-failed = failed: { $why }

## network

network-bundle-unusable = the certificates in { $path }, which { $variable } names, cannot be used
network-bundle-empty = no certificate in PEM form is in it
network-bundle-hint = correct or unset { $variable }; it must name a PEM file that can be read
network-proxy-unusable = { $variable } names a proxy of the kind { $protocol }, which is not supported
network-proxy-unusable-hint = name an http or https proxy, or unset the variable
network-why-unknown-issuer = its certificate is signed by an authority that is not trusted here
network-why-wrong-name = its certificate is for another name
network-why-other-names = its certificate is for another name: { $names }
network-why-expired = its certificate has expired
network-why-not-yet-valid = its certificate is not valid yet
network-why-revoked = its certificate was revoked
network-why-certificate = its certificate cannot be trusted ({ $reason })
network-why-not-tls = what answers there does not speak TLS
network-why-not-http = what answers there does not speak plain HTTP
network-why-wants-tls = it wants TLS: the address begins with http, not https
network-why-proxy-login = the proxy wants a user name and a password
network-why-proxy-refused = the proxy did not let the connection through
network-why-proxy-gone = the proxy cannot be reached
network-hint-issuer = if a company's proxy or a store of one's own signs it, name the file with its authority's certificate: AWS_CA_BUNDLE=FILE, or SSL_CERT_FILE=FILE
network-hint-name = check the address, and whether a proxy stands between
network-hint-clock = check this computer's clock; if it is right, the server's owner must renew the certificate
network-hint-plain = check the address: perhaps http is meant instead of https
network-hint-https = check the address: perhaps https is meant instead of http
network-hint-proxy-login = put them into HTTPS_PROXY (http://user:password@host:port), or name the host in NO_PROXY
network-hint-proxy = check HTTPS_PROXY and its like, or name the host in NO_PROXY

## transfer

transfer-locked = another process works on { $archive }
transfer-locked-by = process { $process }, since { $since }
transfer-locked-hint = wait for it, or stop it, then run the same command again
transfer-disk = cannot use { $path }
transfer-disk-hint = check that the folder exists, that it can be written, and that the disk is well
transfer-disk-full = no room left at { $path }
transfer-disk-full-hint = make room, or choose another disk with --data-dir, then run the same command again: it goes on where it stopped
transfer-disk-needs = { $needed } are needed and { $free } are free
transfer-disk-gone = the disk does not take any more
transfer-broken = the program made a mistake
transfer-interrupted = interrupted; run the same command again to go on
transfer-cannot-download = cannot download { $archive }
transfer-cannot-download-hint = run the same command again: it goes on where it stopped
transfer-no-mirror = no mirror is known
transfer-range-ignored = the server sent the whole file instead of the range that was asked for
transfer-too-long = the server sent more bytes than it had announced
transfer-ended-early = the connection ended before the last byte
transfer-wrong-range = the server sent another range than was asked for: { $range }
transfer-stalled = not a byte came for { $seconds } s
transfer-changed = the file on the mirror is not the one that was begun
transfer-changed-hint = take the newest complete dump: run the same command again, or go back to the datasets
transfer-gone = dump { $dump } is gone from the mirror
transfer-gone-hint = take the newest complete dump: run the same command again, or go back to the datasets
transfer-repin-hint = going on takes the newest complete dump instead
transfer-cannot-upload = cannot upload { $archive }
transfer-cannot-upload-hint = run the same command again: it goes on where it stopped
transfer-digest = { $archive } is not what upstream published
transfer-digest-why = SHA-256 is { $computed } and should be { $published }
transfer-digest-hint = nothing was put into the bucket; run the same command again, and if it stays so, tell the mirror's keepers
transfer-file-changed = the file is not the one that was proven here, although its size and date are the same
transfer-object-wrong = the object { $key } is not the archive
transfer-object-wrong-hint = it was removed; run the same command again
transfer-object-missing = the store says it was completed, and does not have it
transfer-object-size = { $here } here, { $there } in the store
transfer-object-crc = CRC64NVME { $here } here, { $there } in the store
transfer-part-differs = { $name } { $here } here, { $there } in the store
transfer-part-differs-hint = it is sent again a few times; if it stays so, look for faulty memory or a proxy in between
transfer-blocked = { $archive } was not moved: something is in the way
transfer-blocked-hint = the plan says what; --replace puts the archive over an unknown object

plan-current = in its place, current
plan-here = here, to upload
plan-partly = begun: { $downloaded } fetched, { $uploaded } in S3
plan-missing = to fetch
plan-newer = newer upstream
plan-newer-than = newer upstream than { $have }
plan-unknown = something unknown stands at its key
plan-not-here = not on this disk
plan-suggest-stream = { $needed } would stay on a disk with { $free } free
plan-suggest-keep = { $needed } stay on a disk with { $free } free
plan-suggest-unknown = { $needed } stay on the disk; how much is free there is not known
mode-keep = keep
mode-stream = stream

verify-size = size
verify-recorded = SHA-256 in its metadata
verify-crc-read = CRC64NVME of its bytes
verify-published = published
verify-proof = proof on this machine
verify-metadata = its metadata
verify-store = S3’s own
verify-no-longer-published = its dump is no longer published, so nothing upstream could be compared
verify-not-asked = what upstream publishes was not compared
verify-no-proof = this machine has no proof of it; --deep reads it back
verify-no-crc = the store gives no CRC64NVME of it; --deep reads it back
verify-malformed-crc = what the store gives as its CRC64NVME is none; --deep reads it back
verify-no-metadata = the metadata that brainzlift wrote is gone from it
verify-not-ours = not known: brainzlift did not put it there
verify-missing = it was put there, and is there no more
verify-never-there = not in the bucket
verify-archived = archived: it has to be restored before it can be read
verify-replaced = it was replaced while it was read
verify-unreadable = it could not be read

## fetch

fetch-unsafe-key = cannot make a file of the key { $key }
fetch-unsafe-key-hint = fetch it alone and name the file yourself: `brainzlift get KEY --to FILE`
fetch-name-empty = one of its names is empty
fetch-name-leads-out = “{ $name }” would lead out of the folder
fetch-name-control = “{ $name }” holds characters that hide or move others
fetch-name-long = one of its names has { $bytes } bytes, and no file’s may have more than { $most }
fetch-name-windows = Windows allows no file with the name “{ $name }”
fetch-name-taken = { $other } becomes the same file
fetch-in-the-way = { $path } is in the way
fetch-in-the-way-hint = move it away, fetch to another place with --to, or write over it with --replace
fetch-other-file = it is there already, and is not known to be the same
fetch-is-folder = it is no file
fetch-part-unknown = brainzlift did not begin it
fetch-not-checked = not checked: the store keeps no checksum of it, so only size and ETag are known
fetch-malformed-crc = what the store gives as its CRC64NVME is none
fetch-wrong = { $uri } did not arrive as it should
fetch-wrong-hint = nothing was kept of it; `brainzlift verify --deep` tells whether the object in the bucket is wrong itself
fetch-differs = { $what } is { $found }, and { $expected } by: { $against }
fetch-again-hint = run the same command again: it goes on where it stopped
fetch-replaced = another object was put at its key meanwhile
fetch-missing = nothing stands at this key
fetch-missing-hint = `brainzlift ls` shows what is in the bucket

## inside

inside-cannot-look = cannot look into { $uri }
inside-no-archive = its name promises { $format }, and its bytes are something else
inside-unsupported = it is a { $format } archive, and those are not looked into
inside-unsupported-hint = fetch it with `brainzlift get`, then open it with a program for that
inside-truncated = it ends in the middle
inside-damaged = it cannot be unpacked ({ $why })
inside-damaged-hint = `brainzlift verify --deep` tells whether it is what was published
inside-no-member = { $member } is not in { $key }
inside-not-reached = not among the first { $members } members, which { $bytes } of it hold

## cost

cost-usd = { $amount } $
cost-less-than = < { $amount } $
cost-per-month = { $amount }/month

## config

config-from-default = by default
config-from-file = from { $path }, line { $line }
config-from = from { $name }
config-unreadable = the settings file { $path } cannot be read
config-unreadable-hint = check the path given with --config, or leave it out
config-wrong-line = { $path }, line { $line }: { $reason }
config-not-toml = not valid TOML
config-not-toml-hint = write settings as name = value, one a line, with text in double quotes
config-unknown-key = “{ $key }” is not a setting
config-known-keys = the settings are { $keys }
config-wrong-type = { $key } must be { $wanted }, not of type { $found }
config-a-number = a whole number
config-a-string = text in double quotes
config-a-switch = true or false
config-write-it-so = write it as { $example }
config-bad-value = { $key } ({ $origin }) has a value that cannot be used
config-not-this = “{ $value }”
config-want-text = give a name or a path with no control characters in it
config-want-address = give an http or https address, such as https://example.org/
config-want-language = choose from { $languages }
config-want-number = give a whole number from 1 to { $most }
config-want-memory = give a size such as 128MiB, at least { $least }
config-want-mode = choose keep (the local file stays) or stream (no local file)
config-want-switch = give true or false
config-no-home = your home folder is not known
config-no-home-hint = set the variable HOME
config-file-in-place = { $path } is a file, but archives need a folder there
config-not-writable = archives cannot be kept in { $path }
config-data-dir-hint = move it away, change its permissions, or choose another folder with --data-dir
config-not-remembered = what this run works with could not be remembered in { $path }
config-not-remembered-hint = nothing else is affected; check that the folder can be written

## settings

config-as-given = as it was given
config-want-theme = choose from { $themes }
config-changed = { $path } was changed by somebody else meanwhile
config-changed-hint = look at it again, then repeat the change
config-not-written = { $path } cannot be written
config-not-written-hint = check its permissions and those of its folder, or name another file with --config
config-links-endless = its symbolic links lead round in a circle

setting-group-places = Places
setting-group-moving = Moving archives
setting-group-interface = Interface
setting-group-safety = Safety

setting-profile = AWS profile
setting-profile-about = Whose credentials are used: a profile of your AWS configuration. Unset, AWS’s own chain decides.
setting-region = AWS region
setting-region-about = Where new buckets are made, such as eu-west-3. A bucket that is there is found wherever it lies.
setting-endpoint = S3 endpoint
setting-endpoint-about = The address of an S3-compatible store instead of AWS.
setting-bucket = Bucket
setting-bucket-about = The bucket that the dumps go to. Unset, the one of the last run is offered.
setting-mirror = Mirror
setting-mirror-about = The address of another mirror of the dumps: its /pub/musicbrainz/.
setting-data-dir = Folder for archives
setting-data-dir-about = Where archives are kept on this machine. They are large: choose a disk with room.
setting-mode = Local files
setting-mode-about = keep: archives stay on this disk. stream: they go through memory only, and need no disk.
setting-limit-down = Limit for downloads
setting-limit-down-about = How fast archives may come from the mirror, in bytes a second: 20MiB, off, or by the hour: 08:00,5MiB 23:00,off.
setting-limit-up = Limit for uploads
setting-limit-up-about = How fast archives may go to S3, written like the limit for downloads.
setting-archives = Archives at once
setting-archives-about = How many archives move at the same time, 1 to 16.
setting-parts = Parts at once
setting-parts-about = How many parts may fly to S3 at once at most, 1 to 64. How many do is found while they move.
setting-connections = Connections
setting-connections-about = How many ranges are asked of the mirror at once, 1 to 8. More than a few are rude.
setting-memory = Memory
setting-memory-about = How much memory parts on their way may take, such as 128MiB; at least 32MiB.
setting-lang = Language
setting-lang-about = en is English, fr is French. Unset, the desktop’s language is used.
setting-theme = Theme
setting-theme-about = The colours: auto (as the terminal is), dark, light, high-contrast, 16 (the terminal’s own) or none.
setting-ascii = ASCII only
setting-ascii-about = Draw frames, bars and marks with plain ASCII, for terminals and fonts that lack the others.
setting-motion = Motion
setting-motion-about = Off, nothing turns on the screen, and figures change once a second.
setting-mouse = Mouse
setting-mouse-about = On, the mouse clicks, turns the wheel and drags here; hold Shift to select text. Off, the terminal has it.
setting-title = Terminal’s title
setting-title-about = On, the title of the terminal’s window shows progress.
setting-bell = Bell
setting-bell-about = On, the terminal rings when a transfer has ended or waits for you.
setting-read-only = Read-only
setting-read-only-about = On, nothing that would change a bucket can be done, neither here nor by a command.

settings-on = on
settings-off = off
settings-unset = not set
settings-unlimited = no limit
settings-from-default = default
settings-from-line = line { $line }
settings-where = Set in { $path }, line { $line }.
settings-nowhere = Nobody set it: this is the default.
settings-forced = Forced by { $by } in this run. What is changed here is saved to the file and holds once { $by } is gone.
settings-in-file = { $path } · { $key }
settings-when-now = Holds at once.
settings-when-transfer = Holds from the next transfer.
settings-when-start = Holds from the next start.
settings-saved = Saved: { $key } = { $value }
settings-saved-start = Saved: { $key } = { $value } · from the next start
settings-saved-transfer = Saved: { $key } = { $value } · from the next transfer
settings-reset = { $key } was taken out of the file: its default holds
settings-was-not-set = { $key } does not stand in the file
settings-loading = reading the settings
settings-key-change = change
settings-key-change-help = change the value under the cursor; it is saved at once
settings-key-next = next value
settings-key-reset = default
settings-key-reset-help = take the value out of the file, so that the default holds again
setting-group-keys = Keys
settings-keys-change = another key
settings-keys-change-help = the next key that you press becomes the action’s only one
settings-keys-more = one more key
settings-keys-fewer = one key fewer
settings-key-before = value before
settings-keys-more-help = the next key that you press works beside the others
settings-keys-reset-help = take the keys out of the file, so that the usual ones hold again
settings-keys-press = Press the new key. Esc leaves it as it is.
settings-keys-usual = Usually: { $keys }
settings-keys-shared = Shares a key with: { $others }. Where both work at once, the one that the screen offers first has it.
settings-keys-none = no key
settings-keys-saved = { $action }: { $keys }. It works from now on.
settings-keys-unknown = That key has no name here. Press another one.
settings-keys-taken = { $key } belongs to “{ $other }”
settings-keys-taken-hint = press another key, or give that action one first
settings-key-save = save
settings-key-leave = leave as it was
cli-settings-file = Settings file: { $path }
cli-settings-no-file = { $path } (not there yet)

## sandbox

sandbox-authority-hint = remove the folder, and the next start makes a new authority; programs that trust the old one must be told
sandbox-authority-unusable = the sandbox's certificate authority in { $path } cannot be used
sandbox-broken = the sandbox could not be started
sandbox-folder-hint = choose another folder with --sandbox-dir
sandbox-folder-is-a-file = the sandbox needs a folder, but { $path } is not one
sandbox-folder-unusable = the sandbox cannot use the folder { $path }
sandbox-keys-hint = remove the file, and the next start makes new keys; programs that use the old ones must be told
sandbox-keys-unreadable = the keys of the sandbox in { $path } cannot be used
sandbox-port-hint = choose another port, or 0 to let the system choose
sandbox-port-unusable = the sandbox cannot listen on port { $port }
sandbox-store-hint = choose another folder with --sandbox-dir, or remove this one to start afresh
sandbox-store-in-use = another program uses the sandbox in { $path }
sandbox-store-in-use-hint = end that program, or choose another folder with --sandbox-dir
sandbox-store-unreadable = the objects of the sandbox in { $path } cannot be read

sandbox-faults-unreadable = the file of faults { $path } cannot be read
sandbox-faults-unreadable-hint = check the path after --faults
sandbox-faults-wrong = the file of faults is wrong in line { $line }
sandbox-faults-wrong-hint = each [[fault]] needs "on", "path" and "what"; the README lists what can go wrong
sandbox-mirror-no-folder = the folder { $path } cannot be served
sandbox-mirror-no-folder-hint = check that it exists, is a folder and can be read
sandbox-mirror-no-port = the mirror cannot listen on port { $port } of 127.0.0.1
sandbox-mirror-no-port-hint = choose another port with --mirror-port, or leave it out to let the system choose
sandbox-samples-making = making the sample dumps, once: a few seconds …
sandbox-samples-failed = the sample dumps could not be made in { $path }
sandbox-samples-failed-hint = the folder must be writable, with about 100 MB free; choose another one with --sandbox-dir
sandbox-not-filled = { $bucket } could not be filled

## cli

cli-no-terminal = The wizard needs a terminal
cli-no-terminal-hint = use a command: setup, datasets, plan, lift, download, upload, status or sandbox. `brainzlift --help` explains them
cli-sandbox-contradiction = --sandbox and { $flag } exclude each other
cli-sandbox-contradiction-hint = the sandbox is its own store with its own keys: leave one of the two out
cli-no-sandbox = This build has no sandbox
cli-no-sandbox-hint = build it with the feature "sandbox", which is on by default
cli-no-signals = Signals cannot be listened to
cli-broken = A part of the program broke off
cli-nobody-to-ask = There is no terminal at which to ask whether this should be done
cli-nobody-to-ask-hint = say --yes to do it, or --dry-run to only see it
cli-yes-no = Y/n
cli-no-yes = y/N
cli-ask-versioning = Keep old versions of objects? Each of them is billed.
cli-ask-archive = After how many days should raw/ move to { $class }? "n" for never.
cli-declined = Nothing was done
cli-connected = { $place }, as { $who }
cli-no-bucket-hint = make it with `brainzlift --bucket { $bucket } setup`, or name another one with --bucket
cli-passed-over = { $dump } is passed over: { $why }
cli-not-offered = The mirror has no archive of { $dataset } now
cli-not-offered-hint = `brainzlift datasets` shows what it has
cli-not-offered-short = not on this mirror now
cli-setup-open = { $bucket } is there.
cli-setup-create = { $bucket } would be made in { $region }.
cli-setup-as-wanted = Its settings are as they should be.
cli-setup-confirm = Do this?
cli-setup-created = { $bucket } was made in { $region }.
cli-setup-done = { $bucket } is ready.
cli-plan-legs = To download { $down }, to upload { $up }.
cli-plan-disk = The disk needs { $needed }; { $free } are free.
cli-plan-streamed = Streamed: the disk needs no room; { $free } are free.
cli-plan-limits = Limits: { $limits }
cli-plan-suggest = --mode stream is suggested: { $reason }.
cli-plan-cost = Storing them costs { $month } at the prices of { $region }; the upload { $once }.
cli-too-large = The disk of { $place } is too small
cli-too-large-why = { $needed } are needed, { $free } are free
cli-too-large-hint = make room, choose fewer datasets, or name another disk with --data-dir
cli-too-large-hint-stream = lift without a local file with --mode stream; or make room, choose fewer datasets, or name another disk with --data-dir
cli-memory = { $memory } of memory ({ $origin }) are not enough
cli-memory-why = one part of { $archive } takes { $part }
cli-memory-hint = give --memory { $memory } or more
cli-nothing-here = No archive of what this mirror has now lies on this machine
cli-nothing-here-hint = `brainzlift lift` brings datasets from the mirror into the bucket
cli-stopping = Stopping in good order; once more leaves at once.
cli-summary = { $proven } proven, { $skipped } skipped, { $failed } failed; { $bytes } in { $time }.
cli-summary-interrupted = Interrupted. The same command goes on where it stopped.
cli-left = { $time } left
cli-size = size
cli-of-parts = { $what } parts
cli-not-given = { $what } not given by this store
cli-malformed = { $what } malformed in this store
cli-started = { $archive }: begun
cli-resumed = { $archive }: goes on; { $down } are fetched, { $up } in the bucket
cli-retrying-down = { $archive }: download, try { $attempt }: { $why }; again in { $wait }
cli-retrying-up = { $archive }: upload, try { $attempt }: { $why }; again in { $wait }
cli-restarted = { $archive }: from the beginning: { $why }
cli-repinned = { $archive }: its dump was gone; now from { $dump }
cli-verified = { $archive }: SHA-256 is the published one
cli-skipped = ● { $archive }: there already
cli-waiting = ⚠ { $archive }: waits: { $why }
cli-cancelled = { $archive }: cancelled
cli-interrupted = ◐ { $archive }: interrupted, can be resumed
cli-verify-mirror-silent = The mirror could not be asked, so what is published is not compared: { $why }
cli-verify-reading = Reading { $objects } objects back, { $bytes }
cli-verify-progress = { $done } / { $total } read back
cli-verify-retrying = { $key }: try { $attempt }: { $why }; again in { $wait }
cli-verify-differs = { $what } is { $found }, and { $expected } by: { $against }
cli-verify-nothing = No archives stand in this bucket.
cli-verify-summary = { $verified } verified, { $wrong } wrong, { $open } cannot be told, { $unknown } not brainzlift’s; { $bytes } read back in { $time }.
cli-verify-interrupted = Interrupted: the rest was not looked at.
cli-verify-wrong-hint = nothing was changed; remove what is wrong and lift it again
cli-get-progress = { $done } / { $total } fetched
cli-get-resumed = { $key }: goes on; { $here } of { $size } are here
cli-get-here = ● { $path }: there already, the same
cli-get-folder = { $key }: only makes a folder visible
cli-get-nothing = no key begins with { $prefix }
cli-get-summary = { $fetched } fetched, { $skipped } skipped, { $failed } failed; { $bytes } in { $time }.
cli-look-binary = (not text)
cli-look-folder = folder
cli-look-link = link
cli-look-other = special file
cli-look-whole = That is all of it; { $read } were read.
cli-look-enough = { $read } of { $size } were read.
cli-look-limited = { $read } of { $size } were read; a look goes no further.
cli-status-begun = Begun
cli-status-begun-hint = `brainzlift lift` goes on with them
cli-status-bucket = { $bucket } ({ $region })
cli-status-rest = { $objects } other objects of { $bytes }; { $total } in all
cli-status-uploads = Unfinished uploads, which are billed
cli-status-uploads-hint = `brainzlift lift` goes on with its own; `brainzlift setup` has S3 remove the others after 7 days
cli-sandbox-serving = Serving until Ctrl-C.

## cli: the bucket

cli-bad-place = { $text } names no bucket
cli-bad-place-hint = write s3://bucket/prefix, or only the prefix
cli-several-buckets = These keys are in several buckets: delete in one at a time
cli-stopped = Stopped
cli-not-there = There is no object at { $place }
cli-counting = { $objects } objects · { $bytes } so far
cli-objects = { $objects ->
    [one] 1 object
   *[other] { $objects } objects
}
cli-markers = { $markers ->
    [one] 1 delete marker
   *[other] { $markers } delete markers
}
cli-parts = { $parts ->
    [one] 1 part
   *[other] { $parts } parts
}
cli-ls-folder = folder
cli-ls-marker = deleted
cli-ls-nothing = Nothing stands at { $place }
cli-lift-refused = Nothing can be brought into the bucket
cli-setup-refused = The bucket cannot be set up
cli-rm-refused = Nothing can be deleted
cli-rm-nobody = There is no terminal at which the bucket’s name could be typed
cli-rm-nobody-hint = say --confirm BUCKET to delete, or --dry-run to only see what would go
cli-rm-empty-prefix = An empty prefix is everything
cli-rm-empty-prefix-hint = say --everything if that is meant
cli-rm-empty-key = An empty key is none
cli-rm-wrong-name = This is not the bucket’s name, which is { $bucket }
cli-rm-other-name = “{ $name }” was given
cli-rm-keys = { $keys } keys in { $bucket }
cli-rm-prefix = Everything under { $place }
cli-rm-version = { $count ->
    [one] One version of { $place }
   *[other] { $count } versions of { $place }
}
cli-rm-one-key = Versions of one key at a time
cli-rm-one-key-hint = --version-id belongs to one KEY; give the others a command of their own.
cli-rm-everything = Everything in { $bucket }
cli-rm-amount = { $objects ->
    [one] 1 object, { $bytes }
   *[other] { $objects } objects, { $bytes }
}
cli-rm-for-good = They are gone for good.
cli-rm-versions-stay = The bucket keeps versions: what was there stays, hidden and billed. --versions deletes it for good.
cli-rm-type-name = Type the bucket’s name, { $bucket }, to delete this:
cli-rm-not-there = There is nothing to delete at these keys
cli-rm-progress = { $done } of { $total } deleted · { $bytes }
cli-rm-refused-key = ✗ { $key }: { $why }
cli-rm-summary = { $deleted } deleted, { $bytes }; { $failed } refused.
cli-rm-stopped = Stopped: the rest still stands.
cli-uploads-refused = No upload can be aborted
cli-uploads-which = --abort needs to know which uploads
cli-uploads-which-hint = name keys or ids, or say --all
cli-uploads-none = No unfinished uploads.
cli-uploads-total = { $uploads ->
    [one] 1 unfinished upload; { $bytes } are billed.
   *[other] { $uploads } unfinished uploads; { $bytes } are billed.
}
cli-uploads-hint = `brainzlift lift` goes on with what can be resumed here; `brainzlift uploads --abort KEY` throws one away.
cli-uploads-resumable = can be resumed here
cli-uploads-no-such = There is no unfinished upload { $which }
cli-uploads-no-such-hint = `brainzlift uploads` shows keys and ids
cli-uploads-confirm = { $uploads ->
    [one] Throw this upload away, with its parts?
   *[other] Throw these { $uploads } uploads away, with their parts?
}
cli-uploads-aborted = { $key }: aborted, { $bytes } less
cli-cost-no-prices = There are no prices in this program
cli-cost-unknown = unknown
cli-cost-now = in all, now
cli-cost-archived = { $days ->
    [0] With the archive rule ({ $class } at once): { $month }, which saves { $saves }.
    [one] With the archive rule ({ $class } after 1 day): { $month }, which saves { $saves }.
   *[other] With the archive rule ({ $class } after { $days } days): { $month }, which saves { $saves }.
}
cli-cost-archived-back = Moving costs { $moving } once; getting all of it back at once { $back }, the { $minimum } days that are billed in any case among it.
cli-cost-back = Getting back what is in { $class }: { $retrieval }; deleting it early, { $early } at most for the { $minimum } days that are billed in any case.
cli-cost-egress = Sending all of it over the internet once: { $cost }.
cli-cost-unfinished = Unfinished uploads hold { $bytes } more, billed as STANDARD: `brainzlift uploads`.
cli-cost-prices = Prices of { $region }, as of { $as_of }, without taxes, discounts and requests.
cli-cost-other-region = The prices of { $region } are not known: these are those of { $shown }.
cli-cost-left-out = No price is known for { $classes }: it is left out of the sums.
cli-restore-refused = Nothing can be restored
cli-restore-takes = { $place } ({ $bytes }, { $class }): up to { $hours } h in the tier { $tier }.
cli-restore-cost = Retrieval costs { $cost } at the prices of { $region }.
cli-restore-cost-unknown = What the retrieval costs is not known here.
cli-restore-confirm = Ask for it?
cli-restore-not-needed = { $place } can be read as it is ({ $class }).
cli-restore-needed = { $place } lies in { $class } and must be restored first.
cli-restore-in-progress = { $place } is being restored.
cli-restore-restored = { $place } can be read until { $until }.

## tui: keys

keys-unknown-action = no action is called { $action }
keys-unknown-action-hint = perhaps { $nearest }; the palette (:) finds every action by its name
keys-unreadable = { $key } is no key
keys-unreadable-hint = a letter, or a name such as enter, esc, space, tab, pgup, f5, with ctrl- or alt- before it
keys-ctrl-c = ctrl-c always leaves, it cannot do anything else
keys-ctrl-c-hint = choose another key
keys-twice = { $key } is given to { $action } and is the key of { $other }
keys-twice-hint = give one of them another key
config-keys-type = the keys of { $action } must be a text or a list of texts

## tui: frame, help

tui-step-home = Home
tui-step-browser = Browse
tui-step-settings = Settings
tui-step-connect = Connect
tui-step-bucket = Bucket
tui-step-protect = Protect
tui-step-datasets = Datasets
tui-step-review = Review
tui-step-transfer = Transfer
tui-step-done = Done
tui-badge-sandbox = SANDBOX
tui-title-running = { $percent } % · brainzlift
tui-title-done = done · brainzlift
tui-key-help = help
tui-key-back = back
tui-help-title = Keys: { $step }
tui-help-close = any key closes
tui-help-scroll = arrows scroll, any other key closes
tui-help-here = Here
tui-help-everywhere = Everywhere
tui-help-moving = Moving
tui-help-lines = A line up, down
tui-help-pages = A screenful up, down
tui-help-ends = To the first, the last line
tui-help-field = In a field: ctrl-w deletes a word, ctrl-u and ctrl-k delete to either end, alt-b and alt-f move by words, ctrl-_ or alt-z undoes, ctrl-y redoes.
tui-help-mouse = The mouse works everywhere. To select text as the terminal does, hold Shift.
tui-palette-title = What do you want to do?
tui-palette-keys = enter does it · esc closes
tui-palette-nothing = No action has that name.
tui-palette-elsewhere = not here
tui-palette-later = not now
tui-palette-at = at { $step }
tui-field-cut = That is more than fits here; the rest was left out.
tui-help-help = This help
tui-help-quit = Leave; while archives move, it asks first
tui-quit-title = Stop the transfer?
tui-quit-text = What was moved is kept. Started again, brainzlift goes on from there.
tui-quit-stop = stop and leave
tui-quit-stay = go on
tui-stopping-title = Stopping
tui-stopping-text = The last parts are being written down, so that the next start can go on from here.
tui-stopping-leave = leave at once
tui-too-small = brainzlift needs a terminal of { $width }×{ $height }; this one has { $now }. Make it larger, or use the commands: brainzlift --help
tui-no-terminal = the wizard needs a terminal, and there is none on both sides
tui-no-terminal-hint = in scripts use the commands: brainzlift setup, then brainzlift lift (brainzlift --help shows all)
tui-terminal-failed = the terminal could not be used
tui-broken = the interface broke; the log says more
tui-not-connected = there is no connection yet
tui-no-bucket = no bucket is open yet
tui-hint = hint: { $text }
tui-name-enter = enter
tui-name-esc = esc
tui-name-space = space
tui-key-quit = quit
tui-key-retry = try again
tui-key-choose = choose
tui-key-move = move
tui-key-close = close


## tui: connect

tui-connect-about = brainzlift brings MusicBrainz and ListenBrainz dumps into an S3 bucket of your own: every byte checked against the published digests, every transfer resumable, every cost shown first.
tui-connect-about-sandbox = This is the sandbox: an S3 server and a small mirror inside this program. Nothing leaves this machine and nothing costs anything; everything else is as in earnest.
tui-connect-account = Account
tui-connect-mirror = Mirror of the dumps
tui-connect-connecting = looking for credentials and connecting…
tui-connect-status = status
tui-connect-connected = connected
tui-connect-account-number = account
tui-connect-identity = identity
tui-connect-access-key = access key
tui-connect-provider = found in
tui-connect-region = region
tui-connect-region-assumed = { $region } (none was set anywhere)
tui-connect-endpoint = endpoint
tui-connect-saved = saved in
tui-connect-looked-at = Looked at
tui-connect-mirror-asking = asking { $url }…
tui-connect-mirror-answers = answers
tui-connect-profiles = Profile
tui-connect-regions = Region
tui-connect-key-forward = choose the bucket
tui-connect-key-profile = profile
tui-connect-key-region = region
tui-connect-key-keys = add a key
tui-connect-form-title = Access key
tui-connect-form-key = Access key ID
tui-connect-form-secret = Secret access key
tui-connect-form-token = Session token
tui-connect-form-region = Region
tui-connect-form-profile = Save as profile
tui-connect-form-optional = (temporary keys only)
tui-connect-form-about = The key is tried first, and written to your AWS files only if it works: as aws configure does, other profiles untouched. Make one in the AWS console under IAM, Users, Security credentials.
tui-connect-form-far = { $region } is no region of AWS that is known here. Other stores have names of their own.
tui-connect-form-trying = trying the key…
tui-connect-form-try = try and save
tui-connect-form-next = next field
tui-connect-form-field = fields
tui-connect-form-peek = show secret
tui-connect-form-hide = hide secret

## tui: bucket

tui-bucket-title = Your buckets
tui-bucket-listing = listing your buckets…
tui-bucket-last = your last
tui-bucket-create = create a new one
tui-bucket-region = region
tui-bucket-created = created
tui-bucket-name = name
tui-bucket-name-good = keeps S3's rules for names
tui-bucket-region-unsaid = not said by this store
tui-bucket-elsewhere = It lies in { $region }: brainzlift goes on there.
tui-bucket-resumable = { $count ->
    [one] 1 archive was begun and can be resumed.
   *[other] { $count } archives were begun and can be resumed.
}
tui-bucket-layout = Its layout:
tui-bucket-opening = opening { $name }…
tui-bucket-free = free: { $name } (F3 takes it)
tui-bucket-key-open = open
tui-bucket-key-new = new bucket
tui-bucket-key-again = list again
tui-bucket-key-create = create
tui-bucket-key-free = take the free name
tui-bucket-key-region = region
tui-bucket-key-turn = other region

## tui: protect

tui-protect-title = Protection of { $bucket }
tui-protect-reading = reading the bucket's settings…
tui-protect-versioning = Keep old versions
tui-protect-archive = Archive raw/
tui-protect-days = after
tui-protect-days-value = { $days ->
    [one] 1 day
   *[other] { $days } days
}
tui-protect-class = in class
tui-protect-abort = Abort unfinished uploads
tui-protect-public = Block public access
tui-protect-encryption = Encryption
tui-protect-on = on
tui-protect-off = off
tui-protect-as-is = as it is
tui-protect-wanted = wanted
tui-protect-now = now
tui-protect-outcome = { $change }: { $outcome }
tui-protect-unsupported = not in this store
tui-protect-now-unknown = denied
tui-protect-about-versioning = What is overwritten or deleted stays behind as an old version. Safer, but each one is billed. Dumps can be fetched again: off will do.
tui-protect-about-archive = After these days S3 moves what is under raw/ to a colder class: much cheaper to keep, dearer and slower to read. Off until you ask for it.
tui-protect-price-of = for 100 GiB a month
tui-protect-no-price = not known
tui-protect-catch-glacier-ir = Read at once, but each read is paid for; billed for 90 days at least.
tui-protect-catch-glacier = Must be restored before reading, 3 to 5 hours; billed for 90 days at least.
tui-protect-catch-deep-archive = Must be restored before reading, 12 hours; billed for 180 days at least.
tui-protect-changes = What Enter changes
tui-protect-outcomes = What was done
tui-protect-layout = make the layout where it is missing: raw/, extracted/, processed/
tui-protect-layout-there = the layout is there
tui-protect-layout-made = layout made: { $keys }
tui-protect-layout-making = making the layout…
tui-protect-key-scroll = scroll
tui-protect-nothing = nothing: all is as wanted
tui-protect-foreign = { $count ->
    [one] 1 other lifecycle rule stays as it is.
   *[other] { $count } other lifecycle rules stay as they are.
}
tui-protect-key-apply = apply
tui-protect-key-datasets = choose datasets
tui-protect-key-change = change
tui-protect-key-skip = skip
tui-protect-key-again = read again
tui-protect-help-skip = Go on and leave every setting as it is
tui-protect-help-change = Next value of the line; arrows left and right as well, and digits for days

## tui: home

standing-in-bucket = in bucket
home-facts = bucket
home-datasets = datasets
home-as-of = as of { $time } UTC
home-opening = connecting
home-looking = looking
home-looking-around = Looking at the bucket, the mirror and this disk.
home-waiting = It goes on as soon as all is known.
home-not-known = not known
home-protection = protection
home-versions = versions
home-versions-on = versions kept
home-versions-off = no versions
home-encryption = encryption
home-encrypted = encrypted
home-not-encrypted = not encrypted
home-public = public access
home-private = not public
home-maybe-public = public access possible
home-archive-rule = archive rule
home-archive = { $class } after { $days } d
home-archive-none = no archive rule
home-abort-rule = abort rule
home-abort = unfinished aborted after { $days } d
home-abort-none = unfinished uploads stay
home-unsupported = { $name }: unknown to this store
home-denied = { $name }: not allowed to see
home-cost = cost
home-holds = { $count ->
    [one] { $size } in { $count } object
   *[other] { $size } in { $count } objects
}
home-unpriced = { $size } in classes whose price is not known
home-prices-of-aws = at AWS’s prices; this store has its own
home-unfinished = unfinished
home-uploads = { $count ->
    [one] { $count } upload
   *[other] { $count } uploads
}
home-billed = billed { $cost }
home-uncounted = and { $count } that were not counted
home-disk = this disk
home-here = { $size } here
home-free = { $size } free
home-newer = newer upstream: { $date }, { $size }
home-newer-short = newer: { $date }
home-running = A transfer is running: { $percent } %.
home-no-bucket = No bucket yet: go on with the set-up.
home-mend-bucket = The bucket cannot be opened: choose another one or make it again.
home-mend-connection = Look at the connection and the credentials.
home-mend-refresh = Try again.
home-wizard = The set-up waits at { $number } { $step }.
home-set-up = The set-up was left half way: it goes on at { $number } { $step }.
home-resume = { $count ->
    [one] Resume { $count } archive that was begun: { $size } to move.
   *[other] Resume { $count } archives that were begun: { $size } to move.
}
home-resume-unknown = { $count ->
    [one] Resume { $count } archive that was begun.
   *[other] Resume { $count } archives that were begun.
}
home-update = { $count ->
    [one] Update { $count } dataset that is newer upstream: { $size } to move.
   *[other] Update { $count } datasets that are newer upstream: { $size } to move.
}
home-lift = { $count ->
    [one] { $count } chosen dataset is not in the bucket: { $size } to move.
   *[other] { $count } chosen datasets are not in the bucket: { $size } to move.
}
home-mirror = { $count ->
    [one] One family of dumps is not known: { $why }
   *[other] { $count } families of dumps are not known: { $why }
}
home-empty = The bucket has no dumps yet: choose some.
home-all-current = Everything that is here is the newest: choose more, if you like.
home-key-scroll = scroll
home-key-facts = the bucket
home-facts-help = all that is known of the bucket: cost, protection, unfinished uploads, this disk
home-key-transfer = transfer
home-key-begin = set up
home-key-bucket = choose a bucket
home-key-connection = connection
home-key-refresh = look again
home-key-wizard = go on
home-key-set-up = set up
home-key-resume = resume
home-key-update = update
home-key-lift = review
home-key-datasets = datasets
home-key-protection = protection
home-key-browse = browse

## tui: datasets

span-days = { $days } d { $hours } h
span-hours = { $hours } h { $minutes } min
span-minutes = { $minutes } min { $seconds } s
span-instant = < 1 s
span-seconds = { $seconds } s
money-later = { $cost } after { $days } days
money-prices-of = at the prices of { $region }
licence-cc0 = CC0
licence-cc0-tags = CC0, tags CC BY-NC-SA
datasets-title = Datasets
datasets-selection = selection
datasets-of = { $chosen } of { $all }
datasets-asking = asking the mirror
datasets-failed = not found, r retries
datasets-filter-nothing = Nothing fits this filter.
datasets-not-offered = not in this dump
datasets-not-offered-short = absent
datasets-current = in bucket, current
datasets-current-short = in bucket
datasets-here = here, to upload
datasets-here-short = here
datasets-partly = { $percent } % here
datasets-partly-up = { $percent } % up
datasets-newer = newer upstream
datasets-newer-short = newer
datasets-unknown = unknown file at its key
datasets-unknown-short = unknown
datasets-missing = not yet
datasets-leaving = the review comes as soon as all is known
datasets-nothing-chosen = Choose at least one dataset (space).
datasets-notice-not-offered = This dump does not have it.
datasets-none-found = The mirror has none of what is chosen; r asks again.
datasets-not-looked = Disk and bucket were not looked at; r tries again.
datasets-chosen = chosen
datasets-archives = 
    { $count ->
        [one] { $count } archive
       *[other] { $count } archives
    }
datasets-to-move = to move
datasets-looking = looking
datasets-disk = disk
datasets-disk-of = needs { $need } of { $free } free
datasets-disk-needs = needs { $need }
datasets-disk-too-small = The disk is too small for this choice.
datasets-cost = cost
datasets-unknown-sizes = 
    { $count ->
        [one] { $count } chosen dataset was not found yet.
       *[other] { $count } chosen datasets were not found yet.
    }
datasets-unpacked = { $size } unpacked
datasets-personal = Carries user names: personal data.
datasets-dump = Dump { $name }
datasets-passed-over = newer dump { $dump } is not complete yet: { $why }
datasets-key-choose = choose
datasets-key-detail = details
datasets-key-detail-help = show all that is known of what is under the cursor
datasets-key-detail-close = close
datasets-key-review = review
datasets-key-all = all
datasets-key-all-help = choose the whole family under the cursor, or let go of it
datasets-key-guide = guide’s
datasets-key-guide-help = choose the four datasets that the guide uses
datasets-key-filter = filter
datasets-key-back = back
datasets-key-move = move
datasets-key-move-help = move the cursor (also j and k, page up and down)
datasets-key-fold = fold
datasets-key-fold-help = fold and unfold the family under the cursor
datasets-key-keep = keep the filter
datasets-key-clear = no filter
time-about = about { $time }
time-measured = about { $time } at the last run’s rates: ↓ { $down }, ↑ { $up }
money-glacier = { $class } saves { $saves }; all back at once costs { $back }
money-glacier-unknown = { $class } saves { $saves }; what getting it back costs is not known
datasets-by-name = by name
datasets-by-size = by size
datasets-by-state = by state
datasets-key-sort = sort
datasets-key-sort-help = sort by name, size or state (S the other way round)
datasets-key-reverse = the other way round
datasets-of-dump = dump of { $date }: { $name }
family-musicbrainz-json = Everything in MusicBrainz as JSON lines, an archive for each kind of thing; published on Wednesdays and Saturdays.
family-musicbrainz-canonical = The best recording and release of each song, as tables; published on the 3rd and the 17th.
family-listenbrainz-full = All listens ever, raw, for Spark and as statistics; published on the 1st and the 15th.
family-listenbrainz-incremental = The listens of one day; published daily.
family-listenbrainz-sample = A small sample of the listens; published rarely.
family-sums = { $count ->
    [one] { $count } archive, { $size }; { $current } in the bucket and current
   *[other] { $count } archives, { $size }; { $current } in the bucket and current
}
datasets-key-retry = retry


## tui: review

review-title = Review: { $count ->
    [one] { $count } archive
   *[other] { $count } archives
} to s3://{ $bucket }
review-totals = in all
review-move = moves
review-moved = ↓ { $down } down · ↑ { $up } up
review-mode = mode
review-mode-keep = files stay in { $dir }
review-mode-stream = no local file
review-disk-none = no room needed, { $free } are free
review-limits = limits
review-time = time
review-time-at = about { $time }, assuming { $rate } each way
review-time-limited = about { $time } within the limits, assuming { $rate } at most
review-requests = requests
review-requests-cost = { $count } to S3, { $cost } once
review-requests-count = { $count } to S3
review-place = place
review-place-at = s3://{ $bucket }/raw/
review-settings-of = Settings of the bucket
review-written = written
review-skipped = not written: this step was skipped
review-not-read = not looked at in this run: nothing is written to them
review-nothing = nothing to move
review-nothing-to-do = All of it is in its place and current: nothing to do.
review-nothing-possible = Nothing can be moved as it is; see the lines above.
review-unknown-advice = { $key } was not put there by brainzlift; o lets it be replaced
review-replaced = { $key } will be replaced
review-blocked-advice = nothing can be done about it in this mode
review-licence-cc0 = Licence: CC0.
review-licence-tags = Licence: CC0; tags, genres, ratings and annotations CC BY-NC-SA 3.0. Commercial use: metabrainz.org/supporters/account-type.
review-personal = ListenBrainz dumps carry user names: they are personal data.
review-key-start = start
review-key-end = to the end
review-key-replace = replace unknown
review-key-keep = keep unknown
review-key-stream = stream
review-key-files = keep files
review-key-mode-help = keep: the files stay on this disk; stream: no local file, memory is the buffer, the disk needs no room
review-key-replace-help = let unknown files at archives’ keys be replaced, or keep them
review-key-back = back
review-key-move = move


## tui: transfer

percent = { $percent } %
leg-download = download
leg-upload = upload
proof-size = size
proof-of-parts = { $what } parts
proof-not-given = not given by this store
proof-malformed = malformed in this store’s answer
transfer-title = Transfer
transfer-title-stream = Transfer: streamed, no local file
transfer-title-ended = Transfer: ended
transfer-left = { $time } left
transfer-average = on average
transfer-estimating = estimating
transfer-beginning = beginning
transfer-all-paused = paused
transfer-all-waiting = waits for you
transfer-all-proven = all proven in { $time }
transfer-ended = ended after { $time }
transfer-of = { $done } of { $all }
transfer-limit = limit
transfer-size-in = { $size } in { $time }
transfer-down = { $percent } % down
transfer-hashed = { $percent } % hashed
transfer-up = { $percent } % up
transfer-checking = ✓ SHA-256 · checking it in its place
transfer-queued = queued
transfer-skipped = was in its place, current
transfer-cancelled = cancelled, nothing left behind
transfer-interrupted = stopped, can be resumed
transfer-failed = failed
transfer-paused = paused
transfer-waiting = waiting: { $why }
transfer-retrying = { $leg }, try { $attempt } failed; retrying in { $wait }: { $why }
transfer-log = log
transfer-cancel-one = Cancel { $name }?
transfer-cancel-all = Cancel all?
transfer-cancel-text = Keep what was moved, here and in the bucket, to go on with it later (parts in S3 cost a little until then), or throw it away in both places?
transfer-key-no = go on
transfer-key-result = result
transfer-key-pause = pause
transfer-key-resume = resume
transfer-key-pause-help = pause or resume all, or the archive under the cursor
transfer-key-retry = retry
transfer-key-retry-help = try failed archives again, and go on with those that wait
transfer-key-cancel = cancel
transfer-key-cancel-help = cancel all, or the archive under the cursor; asks first
transfer-key-log = log
transfer-key-limit = limit
transfer-key-limit-help = let bytes move faster or slower, up to no limit; for this run
transfer-key-limit-down = only ↓
transfer-key-limit-up = only ↑
transfer-key-limit-both = ↓ and ↑
transfer-key-leg-help = whether + and - change the limit of both legs, of the download or of the upload
transfer-key-no-log = no log
transfer-key-one = one archive
transfer-key-one-help = put the cursor on one archive; in the log, scroll
transfer-key-every = all archives
transfer-key-datasets = datasets
transfer-key-newest = newest dump
transfer-key-quit = quit
transfer-key-quit-help = stop and leave; what was moved can be resumed
log-started = started
log-resumed-at = resumed: { $down } fetched, { $up } in S3
log-retrying = { $leg }, try { $attempt } failed, again in { $wait }: { $why }
log-restarted = starts again from nothing: { $why }
log-repinned = now from dump { $dump }, { $size }
log-downloaded = all bytes have come
log-verified = ✓ SHA-256 is the published one
log-uploaded = all parts are in S3
log-skipped = was in its place
log-waiting = waits: { $why }
log-paused = paused
log-resumed = goes on
log-cancelled = cancelled
log-interrupted = stopped, can be resumed
log-failed = ✗ failed: { $why }


## tui: transfer, while it runs
transfer-left-out = left out of this run; what is there stays
transfer-connections = connections
transfer-connected = ↓ { $used } of { $most }
transfer-flying = { $count ->
    [one] ↑ 1 part
   *[other] ↑ { $count } parts
}
transfer-key-keep = keep it, stop
transfer-key-discard = throw away
transfer-key-go-on = go on
transfer-key-renew = other credentials
transfer-key-renew-help = another profile or other keys, where those in use ran out
transfer-key-open = open
transfer-key-close = close
transfer-key-open-help = all that is known of the archive under the cursor: parts, tries, proof
transfer-key-first = first
transfer-key-first-help = work on this archive before all others
transfer-key-skip = skip
transfer-key-skip-help = leave this archive out of this run; what was moved stays, and r takes it in again
transfer-key-connections = connections
transfer-key-connections-help = ask the mirror for more or fewer ranges at once
transfer-key-chart-whole = whole run
transfer-key-chart-recent = 2 minutes
transfer-key-chart-help = the chart shows the last two minutes, or the whole run
chart-now = now
chart-end = end
chart-ago = −{ $time }
chart-minutes = { $minutes } min
chart-whole = { $time } ago: begun
bar-in-s3 = in S3
bar-hashed = hashed
bar-downloaded = downloaded
bar-proven = proven
part-waiting = waiting
part-downloading = downloading
part-here = here
part-uploading = uploading
part-in-s3 = in S3
part-again = again
detail-state = state
detail-moves = moves
detail-tries-again = is tried again
detail-first = put first
detail-moved = moved
detail-size = size
detail-rates = rates
detail-sending = { $size } on the way to S3
detail-elapsed = elapsed
detail-mirror = from
detail-key = key
detail-parts = { $count ->
    [one] 1 part
   *[other] { $count } parts
}
detail-parts-a-cell = a cell stands for { $count } parts
detail-tries = { $count ->
    [one] 1 try failed
   *[other] { $count } tries failed
}
detail-try = { $time }  { $leg }, try { $attempt }: { $why }
detail-restart = { $time }  begun anew: { $why }
detail-proof = Proof
detail-bytes = { $size } ({ $bytes } bytes)
detail-place = place
log-level-all = everything
log-level-warnings = warnings and worse
log-level-troubles = what failed or waits
log-filter = filter:
log-nothing = Nothing that fits.
log-key-filter = filter
log-key-filter-help = show only the lines of the log that hold a text
log-key-filter-done = done
log-key-filter-clear = no filter
log-key-level = level
log-key-level-help = show everything, or only warnings, or only what failed or waits
renew-title = Credentials ran out
renew-text = Archives wait for credentials that the bucket takes. Where a profile was signed in anew meanwhile, read it again.
renew-same = read the same ones again
renew-profile = profile { $name }
renew-keys = type an access key
renew-key-id = access key
renew-secret = secret key
renew-token = session token
renew-optional = only with temporary keys
renew-trying = trying them …
renew-key-try = go on
renew-key-field = next field
renew-key-peek = peek
renew-key-choose = choose
renew-key-close = back

## tui: done

done-title = Done
done-proofs = Proofs
done-cost = What it costs
done-next = What to do next
done-bucket = The bucket
done-proven = { $count } proven
done-skipped = { $count } already there
done-failed = { $count } failed
done-cancelled = { $count } cancelled
done-interrupted = { $count } stopped
done-nothing = Nothing was moved.
done-not-moved = not moved
done-cost-nothing = No archive is in the bucket: nothing.
done-cost-of = { $size } in { $region }
done-again = b goes back to the datasets: what is missing goes on from where it stopped.
done-next-list = list what is there
done-next-extract = unpack one archive back into the bucket
done-next-spark = read it with Spark
done-next-airflow = keep it current from Airflow
done-sandbox-hint = These commands are for a bucket at AWS; this sandbox ends with the program.
done-copy-hint = Leaving prints these as lines that can be copied.
done-key-leave = leave
done-key-datasets = datasets
done-key-scroll = scroll
done-moved = ↓ { $down } ↑ { $up }
done-table = the table
done-copied = copied: { $what }
done-saved = saved: { $paths }
done-key-copy = copy table
done-key-copy-command = copy command
done-key-copy-help = copy the table, or the command at the ▸, to the terminal’s clipboard
done-key-pick = choose
done-key-pick-help = which command is copied, or the table again
done-key-save = save
done-key-save-help = save the table as text and as JSON
done-key-browse = browse
done-key-home = home
done-save-title = Save the report
done-save-text = The table of all archives, as NAME.txt and NAME.json. Which NAME?
done-save-there = { $path } is there already: choose another name
done-save-failed = cannot write { $path }
table-archive = archive
table-state = state
table-size = size
table-time = time
table-place = place
table-proven = proven
table-skipped = was there
table-cancelled = cancelled
table-interrupted = stopped

## tui: browser

browser-read-only = read-only
browser-listing = listing …
browser-copied = copied { $uri }
browser-own-key = (the folder’s own key)
browser-deleted = deleted
browser-empty = Nothing is in this folder.
browser-empty-bucket = This bucket is empty.
browser-no-match = No name has that in it.
browser-no-bucket = No bucket is open.
browser-no-bucket-choose = Choose one of yours, or create one: press Enter.
browser-no-bucket-connect = Connect first, then choose one of yours, or create one: press Enter.
browser-column-name = name
browser-column-size = size
browser-column-date = written (UTC)
browser-column-class = class
browser-column-version = version
browser-entries = { $number ->
    [one] { $count } entry
   *[other] { $count } entries
}
browser-entries-more = { $count } entries, more
browser-match = { $count } of { $all }
browser-match-so-far = { $count } of { $all }, more
browser-marked = { $count } marked
browser-all-marked = all marked
browser-sorting = sorting …
browser-searching = searching …
browser-sorted-partly = sorted as far as it has come
browser-with-versions = all versions
browser-amount = { $number ->
    [one] { $count } object, { $size }
   *[other] { $count } objects, { $size }
}
browser-markers = { $number ->
    [one] { $count } delete marker
   *[other] { $count } delete markers
}
browser-of = { $one } of { $all }
browser-sort-name = by name
browser-sort-size = by size
browser-sort-date = by date
browser-sort-class = by class
browser-key-open = open
browser-key-up = out
browser-key-details = details
browser-key-fetch = fetch
browser-key-fetches = fetches
browser-key-restore = restore
browser-key-measure = count
browser-key-inside = look inside
browser-key-delete = delete
browser-key-mark = mark
browser-key-mark-all = mark all
browser-key-no-marks = unmark
browser-key-filter = filter
browser-key-take-filter = keep
browser-key-no-filter = clear filter
browser-key-versions = versions
browser-key-uploads = uploads
browser-key-reverse = reverse
browser-key-copy = copy address
browser-key-again = ask again
browser-key-stop = stop
browser-key-go-on = go on
browser-key-bucket = choose a bucket
browser-key-connect = connect
browser-up-help = Out of this folder, onto its line in the one above.
browser-stop-help = Stops loading the rest of the list.
browser-restore-help = Asks Glacier for a copy that can be read; it says what that costs first.
browser-fetch-help = Brings what is marked, or what is under the cursor, to this disk and compares it with its checksums.
browser-fetches-help = What is being fetched, and what came of it.
browser-measure-help = Counts the objects and bytes under the folder, or under those that are marked.
browser-inside-help = Shows the first members and lines of an archive without fetching it.
browser-delete-help = Asks, says how much it is, and wants the bucket’s name typed.
browser-mark-help = Marks it for a fetch or a deletion.
browser-mark-all-help = Marks everything that is shown, or nothing.
browser-filter-help = Shows only names with some letters in them; all that is in the folder is looked through.
browser-sort-help = Sorts by name, size, date, class in turn.
browser-versions-help = Shows older versions and delete markers too, or no longer.
browser-uploads-help = Unfinished uploads, which are billed and which no list shows.
browser-details-help = Shows or hides all that is known of what is under the cursor.
browser-copy-help = Copies the s3:// address to the clipboard.
browser-details = details
browser-detail-bytes = { $size } ({ $count } bytes)
browser-detail-state = state
browser-detail-older = an older version
browser-detail-marker = A delete marker: it hides the versions before it. Deleting it with all versions takes them too.
browser-detail-key = key
browser-detail-restore = archive
browser-detail-dataset = dataset
browser-detail-dump = dump
browser-detail-source = source
browser-detail-gone = It is not there any more.
browser-scroll-help = scrolls the details
browser-detail-asking = asking S3 …
browser-detail-malformed = S3 gives a CRC64NVME that is none, so it cannot be compared.
browser-detail-no-checksum = S3 keeps no CRC64NVME of it.
browser-detail-uncounted = Not counted yet.
browser-detail-counting = counting …
browser-detail-inside = inside
browser-detail-newest = newest
browser-subject-everything = everything in { $bucket }
browser-subject-below = everything under { $prefix }
browser-subject-marked = { $count } marked entries
browser-delete-title = Delete
browser-delete-counting = counting: { $amount }
browser-delete-versions = all versions too
browser-delete-for-good = Older versions and delete markers go as well. Nothing of it can be brought back.
browser-delete-hides = A bucket that keeps versions keeps these and only hides them; one that keeps none loses them for good.
browser-delete-one-version = Only this version goes, for good. Other versions of the key stay.
browser-delete-marked-versions = Only the marked versions go, for good. Of marked folders only what is there now goes.
browser-delete-type = To delete, type the bucket’s name: { $bucket }
browser-delete-wrong = that is not this bucket’s name
browser-delete-right = that is the name
browser-delete-running = deleting
browser-delete-stopping = stopping: what is under way is waited for
browser-delete-done = deleted
browser-delete-partly = not everything could be deleted
browser-delete-stopped = stopped
browser-delete-gone = { $number ->
    [one] { $count } entry has gone, { $size }
   *[other] { $count } entries have gone, { $size }
}
browser-delete-failed = { $number ->
    [one] { $count } was refused:
   *[other] { $count } were refused:
}
browser-delete-key-keep = keep it
browser-delete-key-versions = all versions too
browser-delete-key-newest = not all versions
browser-delete-versions-help = Whether older versions and delete markers go as well, for good.
browser-fetch-title = Fetch back
browser-fetch-where = Into which folder? Each object goes to its key below it.
browser-fetch-no-folder = type a folder
browser-fetch-checks = Comes in parallel ranges, can be stopped and gone on with, and is compared with the checksums that S3 and its metadata have. A file that differs is not written over.
browser-fetch-finding = { $number ->
    [one] { $count } object found …
   *[other] { $count } objects found …
}
browser-fetch-percent = ↓ { $percent } % · { $here } of { $total }
browser-fetch-of = { $ended } of { $objects }
browser-fetch-done = { $number ->
    [one] { $count } object fetched and checked, { $size }
   *[other] { $count } objects fetched and checked, { $size }
}
browser-fetch-already = { $number ->
    [one] { $count } is here already, the same
   *[other] { $count } are here already, the same
}
browser-fetch-failed = { $count } failed
browser-fetch-interrupted = { $count } stopped
browser-fetch-to = to { $folder }
browser-fetch-waiting = { $count } more wait for their turn
browser-fetch-retrying = { $key } is tried again: { $why }
browser-fetch-here = { $key } is here already
browser-fetch-folder = { $key } is a folder’s own key and holds nothing
browser-fetch-stopped = { $key } was stopped; it can be gone on with
browser-fetch-was-stopped = the fetch was stopped before it began
browser-restore-title = Restore from Glacier
browser-restore-object = { $key }, { $size }
browser-restore-tier = How fast? It lies in { $class }.
browser-restore-expedited = Expedited: minutes, dearer than Standard
browser-restore-standard = Standard: within { $hours } hours
browser-restore-bulk = Bulk: within { $hours } hours, cheaper than Standard
browser-restore-key-tier = how fast
browser-restore-days = For how many days is the copy to stay?
browser-restore-bad-days = a number of days from 1 to { $most }
browser-restore-cost = { $retrieval } to read it (Standard), { $copy } for a copy over { $days ->
    [one] { $days } day
   *[other] { $days } days
}; prices of { $region }, without the way out of AWS
browser-restore-no-price = What that costs is not known for this class.
browser-restore-waiting = asking S3 …
browser-restore-not-needed = can be read as it lies
browser-restore-needed = must be restored before it can be read
browser-restore-in-progress = the restore is under way
browser-restore-until = a copy can be read until { $until } UTC
browser-restore-readable = a copy can be read
browser-inside-title = Inside
browser-inside-key-more = more lines
browser-inside-reading = reading, { $read } so far
browser-inside-stopped = stopped after { $read }
browser-inside-whole = the whole archive, { $read } read
browser-inside-limited = a look reads no further than { $read }
browser-inside-enough = { $read } read
browser-inside-binary = This is no text.
browser-inside-no-file = This is no file.
browser-uploads-title = Unfinished uploads
browser-uploads-listing = asking S3 …
browser-uploads-none = There are none: nothing is billed that no list shows.
browser-uploads-sum = { $number ->
    [one] { $count } unfinished upload, { $size } billed
   *[other] { $count } unfinished uploads, { $size } billed
}
browser-uploads-holds = { $number ->
    [one] { $count } part, { $size }, billed until it is finished or thrown away
   *[other] { $count } parts, { $size }, billed until it is finished or thrown away
}
browser-uploads-begun = begun { $at } UTC, { $age } ago
browser-uploads-mine = This machine began it and can go on with it: in Datasets, choose its archive again.
browser-uploads-others = This machine has no journal of it, so it cannot go on with it.
browser-uploads-going = going
browser-uploads-gone = gone
browser-uploads-key-resume = go on with it
browser-uploads-key-abort = throw away
browser-uploads-ask-title = Throw the upload away?
browser-uploads-ask = { $key } was not begun on this machine. Whoever uploads it now would fail. Its parts go and are billed no more.
browser-uploads-ask-mine = { $key } could be gone on with. Its parts go, and what was uploaded must be uploaded again.

## tui: actions

action-up = Up
action-down = Down
action-left = Left
action-right = Right
action-page-up = A screenful up
action-page-down = A screenful down
action-first = To the first line
action-last = To the last line
action-forward = Go on, open, choose
action-back = Go back, close
action-confirm = Yes
action-decline = No
action-toggle = Choose, or no longer
action-filter = Filter
action-sort = Sort by the next column
action-reverse = Sort the other way round
action-refresh = Ask again
action-details = All details
action-next-field = The next field
action-previous-field = The field before
action-peek = Show or hide what is typed
action-copy = Copy
action-save = Save to a file
action-reset = back to the default
action-access-keys = Enter access keys
action-profile = Choose a profile
action-region = Choose a region
action-new-bucket = Create a bucket
action-free-name = Take a free name
action-skip-step = Skip this step
action-increase = More, next value
action-decrease = Less, value before
action-toggle-family = Choose the whole family
action-guide = The guide’s choice
action-fold = Close the family
action-unfold = Open the family
action-mode = Keep files or stream
action-replace = Replace unknown objects
action-resume = Resume what was begun
action-update = Bring what is newer
action-datasets = Datasets
action-protection = Protection of the bucket
action-connection = Connection
action-pause = Pause or resume
action-retry = Try again
action-cancel = Cancel
action-keep = keep what was moved
action-discard = throw away what was moved
action-renew = renew credentials
action-put-first = Put first
action-skip-archive = Leave out of this run
action-faster = Higher limit
action-slower = Lower limit
action-next-leg = The other leg’s limit
action-more-connections = One connection more
action-fewer-connections = One connection fewer
action-log = Log
action-log-level = What the log shows
action-chart-span = Two minutes or the whole run
action-scroll-up = Details up
action-scroll-down = Details down
action-parent = Out of the folder
action-mark-all = Mark all, or none
action-fetch = Fetch back
action-fetches = What is fetched
action-restore = Restore from Glacier
action-look-inside = Look inside
action-delete = Delete
action-versions = Versions
action-measure = Count what is inside
action-uploads = Unfinished uploads
action-abort = Abort an upload
action-help = Help
action-palette = Find an action
action-home = Home
action-browse = Browse the bucket
action-settings = Settings
action-language = English or French
action-theme = Next theme
action-suspend = Suspend
action-quit = Quit
