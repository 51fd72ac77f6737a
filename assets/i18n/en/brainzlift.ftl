### The words of brainzlift. One section a module; every id stands in every language.

## common

hint = hint

## catalog


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


## tui: frame, help


## tui: connect


## tui: bucket


## tui: protect


## tui: datasets


## tui: review


## tui: transfer


## tui: done


