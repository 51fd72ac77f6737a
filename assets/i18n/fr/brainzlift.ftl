### The words of brainzlift. One section a module; every id stands in every language.

## common

hint = conseil

## catalog


## bucket


## transfer

plan-current = en place, à jour
plan-here = ici, à envoyer
plan-partly = commencée : { $downloaded } ici, { $uploaded } dans S3
plan-missing = à télécharger
plan-newer = plus récente en amont
plan-newer-than = plus récente en amont que { $have }
plan-unknown = un objet inconnu occupe sa clé
plan-not-here = absente de ce disque


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


