### The words of brainzlift. One section a module; every id stands in every language.

## common

hint = conseil

## catalog

catalog-unknown-dataset = « { $name } » n’est pas un jeu de données
catalog-unknown-dataset-hint = choisissez musicbrainz, listenbrainz, all, ou un nom que montre `brainzlift datasets`
catalog-did-you-mean = vouliez-vous dire { $names } ? `brainzlift datasets` les montre tous
catalog-family-musicbrainz-json = MusicBrainz JSON
catalog-family-musicbrainz-canonical = Données canoniques MusicBrainz
catalog-family-listenbrainz-full = Export complet ListenBrainz
catalog-family-listenbrainz-incremental = Incréments ListenBrainz
catalog-family-listenbrainz-sample = Échantillon ListenBrainz
catalog-malformed-sums = le fichier de sommes de contrôle { $file } est mal formé à la ligne { $line }
catalog-malformed-line = { $reason } : « { $line } »
catalog-malformed-hint = il ne permet de rien prouver, donc rien n’est pris ; réessayez plus tard, ou choisissez un autre miroir avec --mirror
catalog-not-a-sum = ce n’est pas un SHA-256 suivi d’un nom de fichier
catalog-not-a-file-name = ce n’est pas un simple nom de fichier
catalog-two-digests = une autre somme figure plus haut pour le même fichier
catalog-empty-digest = il est vide
catalog-other-name = il parle d’un autre fichier
catalog-mirror-not-http = { $url } n’est pas l’adresse d’un miroir
catalog-mirror-not-http-hint = donnez une adresse http ou https, par exemple { $example }
catalog-mirror-unreachable = le miroir { $mirror } est injoignable
catalog-mirror-unreachable-hint = vérifiez le réseau et l’éventuel proxy, ou choisissez un autre miroir avec --mirror ; --sandbox se passe de réseau
catalog-no-client = le client HTTP ne peut pas démarrer
catalog-redirects-endless = il redirige sans fin
catalog-redirect-unsafe = il redirige vers une adresse qu’il n’est pas sûr de suivre
catalog-request-failed = { $url } n’a pas pu être lu
catalog-too-large = { $url } dépasse { $size }, ce que n’atteint aucune liste ni aucun fichier de sommes
catalog-no-length = { $url } ne dit pas sa taille
catalog-timed-out = pas de réponse à temps
catalog-name-unknown = son nom d’hôte est inconnu
catalog-connection-refused = connexion refusée
catalog-bad-certificate = son certificat n’est pas digne de confiance ({ $reason })
catalog-no-connection = pas de connexion ({ $reason })
catalog-connection-broke = la connexion s’est rompue ({ $reason })
catalog-status = le serveur a répondu { $status }
catalog-hint-mirror = vérifiez l’adresse du miroir (--mirror)
catalog-hint-later = réessayez plus tard
catalog-hint-network = vérifiez le réseau, l’éventuel proxy et l’adresse du miroir (--mirror)
catalog-hint-certificate = vérifiez l’heure de cette machine et ses certificats de confiance, et si un proxy s’interpose
catalog-hint-gone = l’amont ne garde que les archives les plus récentes : cherchez à nouveau la dernière, ou vérifiez l’adresse du miroir (--mirror)
catalog-hint-forbidden = le serveur ne vous laisse pas entrer : vérifiez l’adresse du miroir, le nom d’utilisateur et le mot de passe (--mirror)
catalog-passed-unmarked = l’amont ne l’a pas encore marquée comme complète
catalog-passed-no-sums = son SHA256SUMS manque ou ne nomme aucune archive
catalog-passed-no-archive = son archive n’est pas encore là
catalog-passed-no-digest = { $archive } n’a pas encore de .sha256 à ses côtés : elle est sans doute encore en cours d’envoi
catalog-passed-vanished = elle a disparu pendant qu’on la regardait
catalog-passed-missing = une archive qu’elle nomme manque ({ $reason })
catalog-passed-empty = { $archive } a été publiée vide
catalog-no-family = le miroir n’a rien pour : { $family }
catalog-none-complete = le miroir n’a rien de complet pour : { $family }
catalog-no-folder = aucun dossier ne porte le nom d’une publication

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

cli-no-home = Aucun répertoire personnel n’a été trouvé
cli-no-home-hint = Définissez HOME, ou donnez un répertoire avec --sandbox-dir.
cli-no-terminal = L’assistant a besoin d’un terminal
cli-no-terminal-hint = Utilisez une commande : setup, datasets, plan, lift, download, upload, status ou sandbox. « brainzlift --help » les explique.
cli-sandbox-contradiction = --sandbox et { $flag } s’excluent
cli-sandbox-contradiction-hint = Le bac à sable est un stockage à part, avec ses propres clés : retirez l’un des deux.

## tui: frame, help

tui-step-connect = Connexion
tui-step-bucket = Bucket
tui-step-protect = Protection
tui-step-datasets = Données
tui-step-review = Revue
tui-step-transfer = Transfert
tui-step-done = Fin
tui-badge-sandbox = SANDBOX
tui-key-help = aide
tui-key-back = retour
tui-help-title = Touches : { $step }
tui-help-close = toute touche referme
tui-help-help = Cette aide
tui-help-language = Français ou anglais
tui-help-quit = Quitter ; pendant un transfert, une confirmation est demandée
tui-quit-title = Arrêter le transfert ?
tui-quit-text = Ce qui a été transféré est conservé. Au prochain démarrage, brainzlift reprendra là où il en est.
tui-quit-stop = arrêter et quitter
tui-quit-stay = continuer
tui-stopping-title = Arrêt en cours
tui-stopping-text = Les dernières parties sont consignées afin que le prochain démarrage puisse reprendre ici.
tui-stopping-leave = quitter aussitôt
tui-too-small = brainzlift demande un terminal de { $width }×{ $height } ; celui-ci fait { $now }. Agrandissez-le, ou utilisez les commandes : brainzlift --help


## tui: connect


## tui: bucket


## tui: protect


## tui: datasets


## tui: review


## tui: transfer


## tui: done


