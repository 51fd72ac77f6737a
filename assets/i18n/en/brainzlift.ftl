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


## cli


## tui: frame, help


## tui: connect


## tui: bucket


## tui: protect


## tui: datasets


## tui: review


## tui: transfer


## tui: done


