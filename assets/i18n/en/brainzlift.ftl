### The words of brainzlift. One section a module; every id stands in every language.

## common

hint = hint

## catalog


## bucket


## transfer


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


