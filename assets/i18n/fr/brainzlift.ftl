### The words of brainzlift. One section a module; every id stands in every language.

## common

hint = conseil

## catalog


## bucket


## transfer


## cost


## config


## sandbox

sandbox-faults-unreadable = Le fichier de pannes { $path } est illisible
sandbox-faults-unreadable-hint = Vérifiez le chemin donné après --faults.
sandbox-faults-wrong = Le fichier de pannes comporte une erreur à la ligne { $line }
sandbox-faults-wrong-hint = Chaque [[fault]] exige « on », « path » et « what » ; le README énumère les pannes possibles.

## cli


## tui: frame, help


## tui: connect


## tui: bucket


## tui: protect


## tui: datasets


## tui: review


## tui: transfer


## tui: done


