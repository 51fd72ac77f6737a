### The words of brainzlift. One section a module; every id stands in every language.

## common

hint = conseil : { $text }
because = { $what } : { $why }
series = { $one } ; { $next }

## amounts

limit-refused = « { $text } » ne peut pas servir de limite
limit-no-rate = « { $text } » n’est pas un débit
limit-too-slow = « { $text } » est inférieur à 1 KiB/s
limit-no-time = « { $text } » n’est pas une heure du jour
limit-no-pair = « { $text } » n’a pas d’heure ou pas de limite
limit-twice = { $time } figure deux fois
limit-hint = écrivez des octets par seconde, comme 20MiB, 20MB ou 2500000 ; off pour aucune limite ; ou des limites selon l’heure : "08:00,5MiB 23:00,off"
limit-none = aucune
limit-until = { $rate } jusqu’à { $time }

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
catalog-no-connection = pas de connexion ({ $reason })
catalog-connection-broke = la connexion s’est rompue ({ $reason })
catalog-status = le serveur a répondu { $status }
catalog-hint-mirror = vérifiez l’adresse du miroir (--mirror)
catalog-hint-later = réessayez plus tard
catalog-hint-network = vérifiez le réseau, l’éventuel proxy et l’adresse du miroir (--mirror)
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

bucket-cannot-connect = connexion impossible à { $subject }
bucket-cannot-list-buckets = impossible de lister les buckets de { $subject }
bucket-cannot-create = impossible de créer le bucket { $subject }
bucket-cannot-open = impossible d’ouvrir le bucket { $subject }
bucket-cannot-list-objects = impossible de lister { $subject }
bucket-cannot-list-versions = impossible de lister les versions de { $subject }
bucket-cannot-head = impossible de consulter { $subject }
bucket-cannot-get = impossible de lire { $subject }
bucket-cannot-put = impossible d’écrire { $subject }
bucket-cannot-delete = impossible de supprimer { $subject }
bucket-cannot-restore = impossible de restaurer { $subject }
bucket-cannot-create-upload = impossible de commencer l’envoi de { $subject }
bucket-cannot-upload-part = impossible d’envoyer une partie de { $subject }
bucket-cannot-list-parts = impossible de savoir quelles parties de { $subject } sont arrivées
bucket-cannot-complete-upload = impossible d’achever { $subject }
bucket-cannot-abort-upload = impossible d’abandonner l’envoi de { $subject }
bucket-cannot-list-uploads = impossible de lister les envois inachevés de { $subject }
bucket-cannot-read-setting = impossible de lire un réglage du bucket { $subject }
bucket-cannot-write-setting = impossible de changer un réglage du bucket { $subject }

bucket-no-client = le client HTTP pour S3 ne peut pas démarrer
bucket-why-expired = les identifiants ont expiré ({ $code })
bucket-why-unknown-key = cette clé d’accès n’y est pas connue ({ $code })
bucket-why-wrong-secret = le secret ne correspond pas à cette clé d’accès ({ $code })
bucket-why-clock = l’horloge de cet ordinateur s’écarte trop de celle du serveur ({ $code })
bucket-why-token = le jeton de session n’est pas valide ({ $code })
bucket-why-no-bucket = ce bucket n’existe pas ({ $code })
bucket-why-no-upload = cet envoi n’existe plus : il a été achevé ou abandonné ({ $code })
bucket-why-taken = quelqu’un d’autre possède un bucket de ce nom ({ $code })
bucket-why-too-many = le compte ne peut pas avoir davantage de buckets ({ $code })
bucket-why-archived = l’objet est dans une classe froide et doit d’abord être restauré ({ $code })
bucket-why-no-expedited = pas de place pour une restauration express en ce moment ({ $code })
bucket-why-no-tier = le niveau { $tier } n’existe pas pour la classe { $class }
bucket-hint-tiers = choisissez parmi { $tiers }
bucket-why-no-object = aucun objet à cette clé
bucket-why-read-only = mode lecture seule ({ $by }) : rien n’est modifié
bucket-hint-read-only = relancez sans le mode lecture seule pour modifier quelque chose
bucket-hint-archived = restaurez-le d’abord : `brainzlift restore CLÉ` ; cela prend des heures
bucket-why-status = le serveur a répondu par le code { $status }, sans un mot
bucket-why-refused = rien n’écoute à cette adresse (connexion refusée)
bucket-why-unresolved = le nom de l’hôte est inconnu
bucket-why-tls = aucune connexion sécurisée n’a pu être établie : { $detail }
bucket-why-silent = aucune réponse n’est venue à temps
bucket-why-network = la connexion s’est rompue : { $detail }
bucket-why-garbled = ce qui répond à cette adresse ne parle pas S3
bucket-why-no-credentials = aucun identifiant n’a été trouvé
bucket-why-nothing-found = aucun identifiant n’a été trouvé ; cherché dans { $places }
bucket-why-provider = des identifiants ont été trouvés mais sont inutilisables : { $detail }
bucket-why-provider-silent = ce qui devait donner les identifiants n’a pas répondu
bucket-why-no-profile = il n’y a pas de profil { $name } dans les fichiers AWS
bucket-why-not-yours = le bucket est à quelqu’un d’autre, ou ces identifiants n’y ont pas droit
bucket-why-regions = chaque région interrogée en a désigné une autre
bucket-why-rules-unreadable = les règles de cycle de vie ne peuvent pas être lues, et les écrire sans les lire ferait perdre celles qui existent
bucket-why-not-understood = c’est écrit, mais la réponse à la relecture n’a pas de sens
bucket-why-not-read-back = c’est écrit, mais la relecture n’est pas permise

bucket-hint-clock = réglez l’horloge de cet ordinateur, de préférence par NTP, puis réessayez
bucket-hint-expired = reconnectez-vous (aws sso login, aws login) ou saisissez de nouvelles clés
bucket-hint-wrong-secret = recopiez le secret en entier ; il n’est montré qu’une fois : s’il est perdu, créez une nouvelle clé d’accès
bucket-hint-taken = le nom d’un bucket est unique dans tout AWS : choisissez-en un autre
bucket-hint-free-name = le nom d’un bucket est unique dans tout AWS ; celui-ci est libre : { $name }
bucket-hint-too-many = supprimez un bucket inutile, prenez-en un qui existe, ou demandez à AWS un quota plus élevé
bucket-hint-region = vérifiez la région (--region)
bucket-hint-credentials = vérifiez les identifiants (--profile, AWS_PROFILE, aws configure) et réessayez
bucket-hint-no-credentials = saisissez une clé d’accès dans l’assistant, ou lancez aws configure, aws sso login ou aws login, ou définissez AWS_PROFILE ; sans aucun compte, essayez --sandbox
bucket-hint-permission = demandez ce droit à qui gère le compte, ou prenez un autre profil
bucket-hint-throttled = le serveur demande moins de requêtes : attendez un peu et réessayez
bucket-hint-transient = réessayez ; si cela dure, voyez le réseau ou la page d’état du fournisseur
bucket-hint-store-full = faites de la place dans le stockage, ou demandez un quota plus élevé
bucket-hint-endpoint = vérifiez le réseau et l’adresse du service (--endpoint-url, AWS_ENDPOINT_URL)
bucket-hint-tls = vérifiez l’adresse du service (http ou https ?), l’horloge de cet ordinateur et ses certificats
bucket-hint-profiles = les profils existants : { $names }
bucket-hint-no-profiles = il n’y a encore aucun profil : créez-en un avec aws configure
bucket-hint-create = vérifiez le nom, ou créez d’abord le bucket (brainzlift setup)
bucket-hint-not-yours = choisissez un de vos buckets, ou demandez l’accès à son propriétaire

bucket-bad-endpoint = { $url } n’est pas l’adresse d’un service
bucket-bad-endpoint-hint = une adresse ressemble à https://s3.example.org ou http://127.0.0.1:9000

bucket-from-keys = les clés données
bucket-from-environment = variables d’environnement
bucket-from-profile = profil { $profile }
bucket-from-sso = profil { $profile } (SSO)
bucket-from-login = profil { $profile } (aws login)
bucket-from-process = profil { $profile } (credential_process)
bucket-from-role = un rôle, par le profil { $profile }
bucket-from-web-identity = un rôle, par un jeton d’identité web
bucket-from-container = le rôle du conteneur
bucket-from-instance = le rôle de l’instance

bucket-profile-keys = clé d’accès
bucket-profile-sso = SSO
bucket-profile-login = aws login
bucket-profile-role = rôle
bucket-profile-process = credential_process
bucket-profile-none = sans identifiants

bucket-files-unreadable = les fichiers AWS sont illisibles
bucket-files-hint = réparez le fichier, ou désignez-en un autre par AWS_CONFIG_FILE et AWS_SHARED_CREDENTIALS_FILE

bucket-looked-set = définie
bucket-looked-unset = non définie
bucket-looked-profile = profil { $name }
bucket-looked-no-profile = absent des fichiers
bucket-looked-empty = vide
bucket-looked-there = présent
bucket-looked-missing = fichier absent
bucket-looked-no-container = non définie : ce n’est pas un conteneur doté d’un rôle
bucket-looked-instance = métadonnées d’instance 169.254.169.254
bucket-looked-no-instance = aucun rôle
bucket-looked-instance-off = désactivées par AWS_EC2_METADATA_DISABLED

bucket-save-failed = les identifiants n’ont pas pu être enregistrés
bucket-save-failed-at = impossible d’écrire { $path }
bucket-save-no-home = le répertoire personnel est inconnu
bucket-save-no-home-hint = définissez HOME, ou désignez les fichiers par AWS_SHARED_CREDENTIALS_FILE et AWS_CONFIG_FILE
bucket-save-bad-profile = { $name } ne peut pas être le nom d’un profil : ni espaces, ni crochets, ni #, ; ou =
bucket-save-empty = vide : { $field }
bucket-save-bad-value = espace, retour à la ligne ou crochet dans : { $field }
bucket-field-key = la clé d’accès
bucket-field-secret = le secret
bucket-field-token = le jeton de session
bucket-field-region = la région
bucket-field-profile = le nom du profil
bucket-field-endpoint = l’adresse du service

bucket-name-refused = { $name } ne peut pas être le nom d’un bucket
bucket-name-hint = 3 à 63 minuscules, chiffres et traits d’union, comme music-recommendation-data
bucket-name-too-short = au moins { $count } caractères
bucket-name-too-long = au plus { $count } caractères
bucket-name-capitals = pas de majuscules
bucket-name-characters = seulement des minuscules sans accent, des chiffres, des points et des traits d’union
bucket-name-start = commencer par une lettre ou un chiffre
bucket-name-end = finir par une lettre ou un chiffre
bucket-name-two-dots = pas deux points de suite
bucket-name-ip = pas une adresse IP
bucket-name-prefix = AWS se réserve les noms qui commencent par { $prefix }
bucket-name-suffix = AWS se réserve les noms qui finissent par { $suffix }

bucket-bad-class = { $class } n’est pas une classe d’archivage
bucket-bad-class-hint = choisissez parmi { $classes }
bucket-bad-days = { $days } jours, c’est trop long : { $most } au plus

bucket-archive-rule = { $days ->
    [0] vers { $class } aussitôt
    [one] vers { $class } après { $days } jour
   *[other] vers { $class } après { $days } jours
}
bucket-change-versions-on = garder les anciennes versions des objets
bucket-change-versions-off = ne plus garder les anciennes versions des objets
bucket-change-archive = déplacer raw/ { $rule }
bucket-change-archive-other = déplacer raw/ { $rule } (jusqu’ici { $before })
bucket-change-archive-away = ne plus déplacer raw/ { $before }
bucket-change-archive-none = ne rien déplacer vers une classe plus froide
bucket-change-abort = { $days ->
    [one] abandonner les envois inachevés après { $days } jour
   *[other] abandonner les envois inachevés après { $days } jours
}
bucket-change-abort-other = { $days ->
    [one] abandonner les envois inachevés après { $days } jour (jusqu’ici { $before })
   *[other] abandonner les envois inachevés après { $days } jours (jusqu’ici { $before })
}
bucket-change-block = bloquer tout accès public
bucket-change-encrypt = chiffrer les nouveaux objets avec les clés de S3
bucket-outcome-done = fait
bucket-outcome-unsupported = ignoré : ce stockage ne connaît pas le réglage
bucket-outcome-not-kept = accepté, mais le stockage ne le garde pas
bucket-outcome-failed = échec : { $why }

## network

network-bundle-unusable = les certificats de { $path }, que désigne { $variable }, ne peuvent pas être utilisés
network-bundle-empty = il ne s’y trouve aucun certificat au format PEM
network-bundle-hint = corrigez ou supprimez { $variable } ; elle doit désigner un fichier PEM lisible
network-proxy-unusable = { $variable } désigne un proxy de type { $protocol }, qui n’est pas pris en charge
network-proxy-unusable-hint = indiquez un proxy http ou https, ou supprimez la variable
network-why-unknown-issuer = son certificat est signé par une autorité à laquelle on ne fait pas confiance ici
network-why-wrong-name = son certificat est établi pour un autre nom
network-why-other-names = son certificat est établi pour un autre nom : { $names }
network-why-expired = son certificat a expiré
network-why-not-yet-valid = son certificat n’est pas encore valide
network-why-revoked = son certificat a été révoqué
network-why-certificate = son certificat n’est pas digne de confiance ({ $reason })
network-why-not-tls = ce qui répond à cette adresse ne parle pas TLS
network-why-not-http = ce qui répond à cette adresse ne parle pas HTTP en clair
network-why-wants-tls = il veut TLS : l’adresse commence par http et non par https
network-why-proxy-login = le proxy demande un nom d’utilisateur et un mot de passe
network-why-proxy-refused = le proxy n’a pas laissé passer la connexion
network-why-proxy-gone = le proxy est injoignable
network-hint-issuer = si un proxy d’entreprise ou votre propre dépôt le signe, indiquez le fichier du certificat de son autorité : AWS_CA_BUNDLE=FICHIER, ou SSL_CERT_FILE=FICHIER
network-hint-name = vérifiez l’adresse, et si un proxy s’interpose
network-hint-clock = vérifiez l’horloge de cet ordinateur ; si elle est juste, le propriétaire du serveur doit renouveler le certificat
network-hint-plain = vérifiez l’adresse : peut-être http plutôt que https
network-hint-https = vérifiez l’adresse : peut-être https plutôt que http
network-hint-proxy-login = mettez-les dans HTTPS_PROXY (http://utilisateur:motdepasse@hôte:port), ou nommez l’hôte dans NO_PROXY
network-hint-proxy = vérifiez HTTPS_PROXY et ses semblables, ou nommez l’hôte dans NO_PROXY

## transfer

transfer-locked = un autre processus travaille sur { $archive }
transfer-locked-by = processus { $process }, depuis { $since }
transfer-locked-hint = attendez sa fin ou arrêtez-le, puis relancez la même commande
transfer-disk = impossible d’utiliser { $path }
transfer-disk-hint = vérifiez que le dossier existe, qu’il est accessible en écriture et que le disque va bien
transfer-disk-full = plus de place dans { $path }
transfer-disk-full-hint = faites de la place ou choisissez un autre disque avec --data-dir, puis relancez la même commande : elle reprend où elle s’est arrêtée
transfer-disk-needs = il faut { $needed } et { $free } sont libres
transfer-disk-gone = le disque n’accepte plus rien
transfer-broken = le programme a commis une erreur
transfer-interrupted = interrompu ; relancez la même commande pour continuer
transfer-cannot-download = impossible de télécharger { $archive }
transfer-cannot-download-hint = relancez la même commande : elle reprend où elle s’est arrêtée
transfer-no-mirror = aucun miroir n’est connu
transfer-range-ignored = le serveur a envoyé le fichier entier au lieu de la plage demandée
transfer-too-long = le serveur a envoyé plus d’octets qu’annoncé
transfer-ended-early = la connexion s’est terminée avant le dernier octet
transfer-wrong-range = le serveur a envoyé une autre plage que celle demandée : { $range }
transfer-stalled = pas un octet reçu pendant { $seconds } s
transfer-changed = le fichier du miroir n’est plus celui qui avait été commencé
transfer-changed-hint = prenez le dernier dump complet : relancez la même commande, ou revenez aux jeux de données
transfer-gone = le dump { $dump } a disparu du miroir
transfer-gone-hint = prenez le dernier dump complet : relancez la même commande, ou revenez aux jeux de données
transfer-repin-hint = continuer prend à la place le dernier dump complet
transfer-cannot-upload = impossible d’envoyer { $archive }
transfer-cannot-upload-hint = relancez la même commande : elle reprend où elle s’est arrêtée
transfer-digest = { $archive } n’est pas ce qui a été publié en amont
transfer-digest-why = le SHA-256 est { $computed } et devrait être { $published }
transfer-digest-hint = rien n’a été mis dans le bucket ; relancez la même commande et, si cela persiste, prévenez les responsables du miroir
transfer-file-changed = le fichier n’est pas celui qui a été prouvé ici, bien que sa taille et sa date soient les mêmes
transfer-object-wrong = l’objet { $key } n’est pas l’archive
transfer-object-wrong-hint = il a été supprimé ; relancez la même commande
transfer-object-missing = le stockage dit l’avoir terminé et ne l’a pas
transfer-object-size = { $here } ici, { $there } dans le stockage
transfer-object-crc = CRC64NVME { $here } ici, { $there } dans le stockage
transfer-part-differs = { $name } { $here } ici, { $there } dans le stockage
transfer-part-differs-hint = elle est renvoyée quelques fois ; si cela persiste, cherchez une mémoire défectueuse ou un proxy intermédiaire
transfer-blocked = { $archive } n’a pas été transférée : quelque chose fait obstacle
transfer-blocked-hint = le plan dit quoi ; --replace met l’archive à la place d’un objet inconnu

plan-current = en place, à jour
plan-here = ici, à envoyer
plan-partly = commencée : { $downloaded } reçus, { $uploaded } dans S3
plan-missing = à télécharger
plan-newer = plus récente en amont
plan-newer-than = plus récente en amont que { $have }
plan-unknown = un objet inconnu occupe sa clé
plan-not-here = absente de ce disque
plan-suggest-stream = { $needed } resteraient sur un disque où { $free } sont libres
plan-suggest-keep = { $needed } restent sur un disque où { $free } sont libres
plan-suggest-unknown = { $needed } restent sur le disque ; la place libre n’y est pas connue
mode-keep = garder
mode-stream = en flux

verify-size = taille
verify-recorded = SHA-256 de ses métadonnées
verify-crc-read = CRC64NVME de ses octets
verify-published = publié
verify-proof = preuve sur cette machine
verify-metadata = ses métadonnées
verify-store = celui de S3
verify-no-longer-published = son dump n’est plus publié : rien à comparer en amont
verify-not-asked = ce qui est publié en amont n’a pas été comparé
verify-no-proof = cette machine n’en a aucune preuve ; --deep le relit
verify-no-crc = le stockage n’en donne aucun CRC64NVME ; --deep le relit
verify-malformed-crc = ce que le stockage donne pour son CRC64NVME n’en est pas un ; --deep le relit
verify-no-metadata = les métadonnées écrites par brainzlift ont disparu
verify-not-ours = inconnu : brainzlift ne l’a pas mis là
verify-missing = il y a été mis et n’y est plus
verify-never-there = absent du bucket
verify-archived = archivé : il faut le restaurer avant de pouvoir le lire
verify-replaced = il a été remplacé pendant sa lecture
verify-unreadable = il n’a pas pu être lu

## fetch

fetch-unsafe-key = impossible de faire un fichier de la clé { $key }
fetch-unsafe-key-hint = rapatriez-la seule en nommant le fichier vous-même : `brainzlift get CLÉ --to FICHIER`
fetch-name-empty = l’un de ses noms est vide
fetch-name-leads-out = « { $name } » mènerait hors du dossier
fetch-name-control = « { $name } » contient des caractères qui en cachent ou en déplacent d’autres
fetch-name-long = l’un de ses noms a { $bytes } octets, et aucun fichier ne peut en avoir plus de { $most }
fetch-name-windows = Windows n’admet aucun fichier du nom « { $name } »
fetch-name-taken = { $other } devient le même fichier
fetch-in-the-way = { $path } gêne
fetch-in-the-way-hint = déplacez-le, rapatriez ailleurs avec --to, ou écrivez par-dessus avec --replace
fetch-other-file = il est déjà là, et rien ne dit que c’est le même
fetch-is-folder = ce n’est pas un fichier
fetch-part-unknown = brainzlift ne l’a pas commencé
fetch-not-checked = non vérifié : le stockage n’en garde aucune somme de contrôle, seuls la taille et l’ETag sont connus
fetch-malformed-crc = ce que le stockage donne comme CRC64NVME n’en est pas un
fetch-wrong = { $uri } n’est pas arrivé comme il devrait
fetch-wrong-hint = rien n’en a été gardé ; `brainzlift verify --deep` dit si l’objet du bucket est lui-même faux
fetch-differs = { $what } est { $found }, et { $expected } selon : { $against }
fetch-again-hint = relancez la même commande : elle reprend où elle s’est arrêtée
fetch-replaced = un autre objet a été mis à sa clé entre-temps
fetch-missing = rien ne se trouve à cette clé
fetch-missing-hint = `brainzlift ls` montre ce qu’il y a dans le bucket

## inside

inside-cannot-look = impossible de regarder dans { $uri }
inside-no-archive = son nom promet { $format }, et ses octets sont autre chose
inside-unsupported = c’est une archive { $format }, et on ne regarde pas dans celles-là
inside-unsupported-hint = rapatriez-la par `brainzlift get`, puis ouvrez-la avec un programme fait pour cela
inside-truncated = elle s’arrête au milieu
inside-damaged = impossible de la décompresser ({ $why })
inside-damaged-hint = `brainzlift verify --deep` dit si elle est ce qui a été publié
inside-no-member = { $member } n’est pas dans { $key }
inside-not-reached = pas parmi les { $members } premiers membres, que contiennent ses premiers { $bytes }

## cost

cost-usd = { $amount } $
cost-less-than = < { $amount } $
cost-per-month = { $amount }/mois

## config

config-from-default = par défaut
config-from-file = de { $path }, ligne { $line }
config-from = de { $name }
config-unreadable = le fichier de réglages { $path } ne peut pas être lu
config-unreadable-hint = vérifiez le chemin donné avec --config, ou omettez-le
config-wrong-line = { $path }, ligne { $line } : { $reason }
config-not-toml = ce n’est pas du TOML valide
config-not-toml-hint = écrivez les réglages sous la forme nom = valeur, un par ligne, le texte entre guillemets droits
config-unknown-key = « { $key } » n’est pas un réglage
config-known-keys = les réglages sont { $keys }
config-wrong-type = { $key } doit être { $wanted }, et non de type { $found }
config-a-number = un nombre entier
config-a-string = un texte entre guillemets droits
config-a-switch = true ou false
config-write-it-so = écrivez { $example }
config-bad-value = { $key } ({ $origin }) a une valeur inutilisable
config-not-this = « { $value } »
config-want-text = donnez un nom ou un chemin sans caractère de contrôle
config-want-address = donnez une adresse http ou https, par exemple https://example.org/
config-want-language = choisissez parmi { $languages }
config-want-number = donnez un nombre entier de 1 à { $most }
config-want-memory = donnez une taille comme 128MiB, d’au moins { $least }
config-want-mode = choisissez keep (le fichier local reste) ou stream (pas de fichier local)
config-want-switch = donnez true (oui) ou false (non)
config-no-home = votre dossier personnel est inconnu
config-no-home-hint = définissez la variable HOME
config-file-in-place = { $path } est un fichier, alors que les archives y demandent un dossier
config-not-writable = les archives ne peuvent pas être gardées dans { $path }
config-data-dir-hint = déplacez-le, changez ses droits, ou choisissez un autre dossier avec --data-dir
config-not-remembered = les choix de cette session n’ont pas pu être gardés dans { $path }
config-not-remembered-hint = rien d’autre n’en souffre ; vérifiez que le dossier est accessible en écriture

## settings

config-as-given = tel que donné
config-want-theme = choisissez parmi { $themes }
config-changed = { $path } a été modifié entre-temps par quelqu’un d’autre
config-changed-hint = regardez-le de nouveau, puis refaites le changement
config-not-written = { $path } ne peut pas être écrit
config-not-written-hint = vérifiez ses permissions et celles de son dossier, ou nommez un autre fichier avec --config
config-links-endless = ses liens symboliques tournent en rond

setting-group-places = Lieux
setting-group-moving = Transfert des archives
setting-group-interface = Interface
setting-group-safety = Sécurité

setting-profile = Profil AWS
setting-profile-about = À qui sont les identifiants : un profil de votre configuration AWS. Sans lui, la chaîne d’AWS décide.
setting-region = Région AWS
setting-region-about = Où sont créés les nouveaux buckets, par exemple eu-west-3. Un bucket existant est trouvé où qu’il soit.
setting-endpoint = Adresse S3
setting-endpoint-about = L’adresse d’un stockage compatible S3 à la place d’AWS.
setting-bucket = Bucket
setting-bucket-about = Le bucket où vont les dumps. Sans lui, celui de la dernière fois est proposé.
setting-mirror = Miroir
setting-mirror-about = L’adresse d’un autre miroir des dumps : son /pub/musicbrainz/.
setting-data-dir = Dossier des archives
setting-data-dir-about = Où les archives sont gardées sur cette machine. Elles sont grandes : choisissez un disque qui a de la place.
setting-mode = Fichiers locaux
setting-mode-about = keep : les archives restent sur ce disque. stream : elles ne passent que par la mémoire, sans disque.
setting-limit-down = Limite de réception
setting-limit-down-about = À quelle vitesse les archives viennent du miroir, en octets par seconde : 20MiB, off, ou selon l’heure : 08:00,5MiB 23:00,off.
setting-limit-up = Limite d’envoi
setting-limit-up-about = À quelle vitesse les archives vont vers S3 ; s’écrit comme la limite de réception.
setting-archives = Archives à la fois
setting-archives-about = Combien d’archives sont transférées en même temps, de 1 à 16.
setting-parts = Parties à la fois
setting-parts-about = Combien de parties peuvent aller vers S3 à la fois, de 1 à 64 au plus. Leur nombre est trouvé en chemin.
setting-connections = Connexions
setting-connections-about = Combien de plages sont demandées au miroir à la fois, de 1 à 8. Plus de quelques-unes serait impoli.
setting-memory = Mémoire
setting-memory-about = Combien de mémoire prennent les parties en chemin, par exemple 128MiB ; au moins 32MiB.
setting-lang = Langue
setting-lang-about = en pour l’anglais, fr pour le français. Sans réglage, la langue du bureau.
setting-theme = Thème
setting-theme-about = Les couleurs : auto (selon le terminal), dark (sombre), light (clair), high-contrast (contraste élevé), 16 (celles du terminal) ou none (aucune).
setting-ascii = ASCII seul
setting-ascii-about = Dessine cadres, barres et marques en ASCII, pour les terminaux et polices qui n’ont pas le reste.
setting-motion = Mouvement
setting-motion-about = Désactivé, rien ne tourne à l’écran, et les chiffres changent une fois par seconde.
setting-mouse = Souris
setting-mouse-about = Activée, la souris clique, fait défiler et glisse ici ; Maj pour sélectionner du texte. Désactivée, elle est au terminal.
setting-title = Titre du terminal
setting-title-about = Activé, le titre de la fenêtre du terminal montre la progression.
setting-bell = Cloche
setting-bell-about = Activée, le terminal sonne quand un transfert est fini ou vous attend.
setting-read-only = Lecture seule
setting-read-only-about = Activée, rien de ce qui changerait un bucket n’est possible, ni ici ni par une commande.

settings-on = oui
settings-off = non
settings-unset = non réglé
settings-unlimited = sans limite
settings-from-default = défaut
settings-from-line = ligne { $line }
settings-where = Réglé dans { $path }, ligne { $line }.
settings-nowhere = Personne ne l’a réglé : c’est la valeur par défaut.
settings-forced = Imposé par { $by } cette fois. Ce qui est changé ici va dans le fichier et vaudra sans { $by }.
settings-in-file = { $path } · { $key }
settings-when-now = Vaut tout de suite.
settings-when-transfer = Vaut dès le prochain transfert.
settings-when-start = Vaut dès le prochain démarrage.
settings-saved = Enregistré : { $key } = { $value }
settings-saved-start = Enregistré : { $key } = { $value } · dès le prochain démarrage
settings-saved-transfer = Enregistré : { $key } = { $value } · dès le prochain transfert
settings-reset = { $key } a été retiré du fichier : la valeur par défaut vaut
settings-was-not-set = { $key } n’est pas dans le fichier
settings-loading = lecture des réglages
settings-key-change = changer
settings-key-change-help = changer la valeur sous le curseur ; elle est enregistrée aussitôt
settings-key-next = valeur suivante
settings-key-reset = défaut
settings-key-reset-help = retirer la valeur du fichier, pour que la valeur par défaut vaille de nouveau
setting-group-keys = Touches
settings-keys-change = autre touche
settings-keys-change-help = la prochaine touche que vous pressez devient la seule de l’action
settings-keys-more = une touche de plus
settings-keys-fewer = une touche de moins
settings-key-before = valeur précédente
settings-keys-more-help = la prochaine touche que vous pressez vaut à côté des autres
settings-keys-reset-help = retirer les touches du fichier, pour que les touches habituelles valent de nouveau
settings-keys-press = Pressez la nouvelle touche. Échap laisse tout tel quel.
settings-keys-usual = D’habitude : { $keys }
settings-keys-shared = Partage une touche avec : { $others }. Là où les deux valent, la première proposée par l’écran l’emporte.
settings-keys-none = aucune touche
settings-keys-saved = { $action } : { $keys }. C’est valable dès maintenant.
settings-keys-unknown = Cette touche n’a pas de nom ici. Pressez-en une autre.
settings-keys-taken = { $key } appartient à « { $other } »
settings-keys-taken-hint = pressez une autre touche, ou donnez-en d’abord une autre à cette action
settings-key-save = enregistrer
settings-key-leave = laisser tel quel
cli-settings-file = Fichier de réglages : { $path }
cli-settings-no-file = { $path } (pas encore là)

## sandbox

sandbox-authority-hint = supprimez le dossier : le prochain démarrage créera une autorité nouvelle ; les programmes qui connaissent l’ancienne doivent en être informés
sandbox-authority-unusable = l’autorité de certification du bac à sable dans { $path } est inutilisable
sandbox-broken = le bac à sable n’a pas pu démarrer
sandbox-folder-hint = choisissez un autre dossier avec --sandbox-dir
sandbox-folder-is-a-file = le bac à sable a besoin d’un dossier, mais { $path } n’en est pas un
sandbox-folder-unusable = le bac à sable ne peut pas utiliser le dossier { $path }
sandbox-keys-hint = supprimez le fichier : le prochain démarrage crée de nouvelles clés, à donner aux programmes qui utilisent les anciennes
sandbox-keys-unreadable = les clés du bac à sable dans { $path } sont inutilisables
sandbox-port-hint = choisissez un autre port, ou 0 pour laisser choisir le système
sandbox-port-unusable = le bac à sable ne peut pas écouter sur le port { $port }
sandbox-store-hint = choisissez un autre dossier avec --sandbox-dir, ou supprimez celui-ci pour repartir de zéro
sandbox-store-in-use = un autre programme utilise le bac à sable dans { $path }
sandbox-store-in-use-hint = fermez ce programme, ou choisissez un autre dossier avec --sandbox-dir
sandbox-store-unreadable = les objets du bac à sable dans { $path } sont illisibles

sandbox-faults-unreadable = le fichier de pannes { $path } est illisible
sandbox-faults-unreadable-hint = vérifiez le chemin donné après --faults
sandbox-faults-wrong = le fichier de pannes comporte une erreur à la ligne { $line }
sandbox-faults-wrong-hint = chaque [[fault]] exige « on », « path » et « what » ; le README énumère les pannes possibles
sandbox-mirror-no-folder = le dossier { $path } ne peut pas être servi
sandbox-mirror-no-folder-hint = vérifiez qu’il existe, que c’est un dossier et qu’il est lisible
sandbox-mirror-no-port = le miroir ne peut pas écouter sur le port { $port } de 127.0.0.1
sandbox-mirror-no-port-hint = choisissez un autre port avec --mirror-port, ou laissez le système en choisir un
sandbox-samples-making = création des dumps d’exemple, une seule fois : quelques secondes …
sandbox-samples-failed = les dumps d’exemple n’ont pas pu être créés dans { $path }
sandbox-samples-failed-hint = le dossier doit être accessible en écriture, avec environ 100 Mo libres ; choisissez-en un autre avec --sandbox-dir
sandbox-not-filled = { $bucket } n’a pas pu être rempli

## cli

cli-no-terminal = L’assistant a besoin d’un terminal
cli-no-terminal-hint = utilisez une commande : setup, datasets, plan, lift, download, upload, status ou sandbox. « brainzlift --help » les explique
cli-sandbox-contradiction = --sandbox et { $flag } s’excluent
cli-sandbox-contradiction-hint = le bac à sable est un stockage à part, avec ses propres clés : retirez l’un des deux
cli-no-sandbox = Cette version n’a pas de bac à sable
cli-no-sandbox-hint = compilez-la avec la fonctionnalité « sandbox », active par défaut
cli-no-signals = Impossible d’écouter les signaux
cli-broken = Une partie du programme s’est interrompue
cli-nobody-to-ask = Aucun terminal où demander s’il faut le faire
cli-nobody-to-ask-hint = ajoutez --yes pour le faire, ou --dry-run pour seulement le voir
cli-yes-no = O/n
cli-no-yes = o/N
cli-ask-versioning = Conserver les anciennes versions des objets ? Chacune est facturée.
cli-ask-archive = Après combien de jours déplacer raw/ vers { $class } ? « n » pour jamais.
cli-declined = Rien n’a été fait
cli-connected = { $place }, en tant que { $who }
cli-no-bucket-hint = créez-le avec « brainzlift --bucket { $bucket } setup », ou nommez-en un autre avec --bucket
cli-passed-over = { $dump } est laissé de côté : { $why }
cli-not-offered = Le miroir n’a pas d’archive de { $dataset } en ce moment
cli-not-offered-hint = « brainzlift datasets » montre ce qu’il a
cli-not-offered-short = pas sur ce miroir en ce moment
cli-setup-open = { $bucket } existe.
cli-setup-create = { $bucket } serait créé dans { $region }.
cli-setup-as-wanted = Ses réglages sont comme il faut.
cli-setup-confirm = Le faire ?
cli-setup-created = { $bucket } a été créé dans { $region }.
cli-setup-done = { $bucket } est prêt.
cli-plan-legs = À télécharger : { $down } ; à envoyer : { $up }.
cli-plan-disk = Il faut { $needed } sur le disque ; { $free } sont libres.
cli-plan-streamed = En flux : rien à garder sur le disque ; { $free } sont libres.
cli-plan-limits = Limites : { $limits }
cli-plan-suggest = --mode stream est conseillé : { $reason }.
cli-plan-cost = Les conserver coûte { $month } aux prix de { $region } ; l’envoi { $once }.
cli-too-large = Le disque de { $place } est trop petit
cli-too-large-why = il faut { $needed }, { $free } sont libres
cli-too-large-hint = faites de la place, choisissez moins de jeux de données, ou nommez un autre disque avec --data-dir
cli-too-large-hint-stream = transférez sans fichier local avec --mode stream ; ou faites de la place, choisissez moins de jeux de données, ou nommez un autre disque avec --data-dir
cli-memory = { $memory } de mémoire ({ $origin }) ne suffisent pas
cli-memory-why = un morceau de { $archive } en prend { $part }
cli-memory-hint = donnez --memory { $memory } ou plus
cli-nothing-here = Aucune archive que ce miroir propose en ce moment ne se trouve sur cette machine
cli-nothing-here-hint = « brainzlift lift » porte les jeux de données du miroir au bucket
cli-stopping = Arrêt en bon ordre ; une seconde fois quitte aussitôt.
cli-summary = { $proven } prouvées, { $skipped } déjà là, { $failed } en échec ; { $bytes } en { $time }.
cli-summary-interrupted = Interrompu. La même commande reprend où elle s’est arrêtée.
cli-left = reste { $time }
cli-size = taille
cli-of-parts = { $what } des parties
cli-not-given = { $what } non fournie par ce stockage
cli-malformed = { $what } mal formée dans ce stockage
cli-started = { $archive } : commencée
cli-resumed = { $archive } : reprise ; { $down } sont reçus, { $up } dans le bucket
cli-retrying-down = { $archive } : téléchargement, essai { $attempt } : { $why } ; nouvel essai dans { $wait }
cli-retrying-up = { $archive } : envoi, essai { $attempt } : { $why } ; nouvel essai dans { $wait }
cli-restarted = { $archive } : reprise du début : { $why }
cli-repinned = { $archive } : son dump avait disparu ; désormais de { $dump }
cli-verified = { $archive } : le SHA-256 est celui qui est publié
cli-skipped = ● { $archive } : déjà là
cli-waiting = ⚠ { $archive } : en attente : { $why }
cli-cancelled = { $archive } : annulée
cli-interrupted = ◐ { $archive } : interrompue, peut être reprise
cli-verify-mirror-silent = Le miroir n’a pas pu être interrogé, ce qui est publié n’est donc pas comparé : { $why }
cli-verify-reading = Relecture de { $objects } objets, { $bytes }
cli-verify-progress = { $done } / { $total } relus
cli-verify-retrying = { $key } : essai { $attempt } : { $why } ; nouvel essai dans { $wait }
cli-verify-differs = { $what } vaut { $found }, et { $expected } selon : { $against }
cli-verify-nothing = Aucune archive dans ce bucket.
cli-verify-summary = { $verified } vérifiés, { $wrong } faux, { $open } indécidables, { $unknown } étrangers à brainzlift ; { $bytes } relus en { $time }.
cli-verify-interrupted = Interrompu : le reste n’a pas été examiné.
cli-verify-wrong-hint = rien n’a été modifié ; supprimez ce qui est faux et transférez-le à nouveau
cli-get-progress = { $done } / { $total } rapatriés
cli-get-resumed = { $key } : reprise ; { $here } sur { $size } sont ici
cli-get-here = ● { $path } : déjà là, identique
cli-get-folder = { $key } : ne fait que montrer un dossier
cli-get-nothing = aucune clé ne commence par { $prefix }
cli-get-summary = { $fetched } rapatriés, { $skipped } passés, { $failed } échoués ; { $bytes } en { $time }.
cli-look-binary = (pas du texte)
cli-look-folder = dossier
cli-look-link = lien
cli-look-other = fichier spécial
cli-look-whole = C’est tout ; { $read } ont été lus.
cli-look-enough = { $read } sur { $size } ont été lus.
cli-look-limited = { $read } sur { $size } ont été lus ; un coup d’œil ne va pas plus loin.
cli-status-begun = Commencées
cli-status-begun-hint = « brainzlift lift » les reprend
cli-status-bucket = { $bucket } ({ $region })
cli-status-rest = { $objects } autres objets de { $bytes } ; { $total } en tout
cli-status-uploads = Envois inachevés, qui sont facturés
cli-status-uploads-hint = « brainzlift lift » reprend les siens ; après « brainzlift setup », S3 retire les autres au bout de 7 jours
cli-sandbox-serving = En service jusqu’à Ctrl-C.

## cli: the bucket

cli-bad-place = { $text } ne nomme aucun bucket
cli-bad-place-hint = écrivez s3://bucket/préfixe, ou le préfixe seul
cli-several-buckets = Ces clés sont dans plusieurs buckets : supprimez dans un seul à la fois
cli-stopped = Arrêté
cli-not-there = Aucun objet à { $place }
cli-counting = { $objects } objets · { $bytes } jusqu’ici
cli-objects = { $objects ->
    [one] { $objects } objet
   *[other] { $objects } objets
}
cli-markers = { $markers ->
    [one] { $markers } marqueur de suppression
   *[other] { $markers } marqueurs de suppression
}
cli-parts = { $parts ->
    [one] { $parts } partie
   *[other] { $parts } parties
}
cli-ls-folder = dossier
cli-ls-marker = supprimé
cli-ls-nothing = Rien à { $place }
cli-lift-refused = Rien ne peut être envoyé dans le bucket
cli-setup-refused = Le bucket ne peut pas être configuré
cli-rm-refused = Rien ne peut être supprimé
cli-rm-nobody = Il n’y a pas de terminal où saisir le nom du bucket
cli-rm-nobody-hint = dites --confirm BUCKET pour supprimer, ou --dry-run pour voir seulement ce qui partirait
cli-rm-empty-prefix = Un préfixe vide, c’est tout
cli-rm-empty-prefix-hint = dites --everything si c’est bien cela
cli-rm-empty-key = Une clé vide n’en est pas une
cli-rm-wrong-name = Ce n’est pas le nom du bucket, qui est { $bucket }
cli-rm-other-name = « { $name } » a été donné
cli-rm-keys = { $keys } clés dans { $bucket }
cli-rm-prefix = Tout ce qui est sous { $place }
cli-rm-version = { $count ->
    [one] Une version de { $place }
   *[other] { $count } versions de { $place }
}
cli-rm-one-key = Les versions d’une seule clé à la fois
cli-rm-one-key-hint = --version-id appartient à une seule KEY ; une autre commande pour les autres.
cli-rm-everything = Tout ce qui est dans { $bucket }
cli-rm-amount = { $objects ->
    [one] { $objects } objet, { $bytes }
   *[other] { $objects } objets, { $bytes }
}
cli-rm-for-good = La suppression est définitive.
cli-rm-versions-stay = Le bucket garde les versions : ce qui était là reste, caché et facturé. --versions le supprime définitivement.
cli-rm-type-name = Saisissez le nom du bucket, { $bucket }, pour supprimer :
cli-rm-not-there = Rien à supprimer à ces clés
cli-rm-progress = { $done } sur { $total } supprimés · { $bytes }
cli-rm-refused-key = ✗ { $key } : { $why }
cli-rm-summary = { $deleted } supprimés, { $bytes } ; { $failed } refusés.
cli-rm-stopped = Arrêté : le reste est toujours là.
cli-uploads-refused = Aucun envoi ne peut être abandonné
cli-uploads-which = --abort doit savoir quels envois
cli-uploads-which-hint = nommez des clés ou des identifiants, ou dites --all
cli-uploads-none = Aucun envoi inachevé.
cli-uploads-total = { $uploads ->
    [one] { $uploads } envoi inachevé ; { $bytes } sont facturés.
   *[other] { $uploads } envois inachevés ; { $bytes } sont facturés.
}
cli-uploads-hint = `brainzlift lift` reprend ce qui peut l’être ici ; `brainzlift uploads --abort CLÉ` en abandonne un.
cli-uploads-resumable = peut être repris ici
cli-uploads-no-such = Aucun envoi inachevé { $which }
cli-uploads-no-such-hint = `brainzlift uploads` montre les clés et les identifiants
cli-uploads-confirm = { $uploads ->
    [one] Abandonner cet envoi, avec ses parties ?
   *[other] Abandonner ces { $uploads } envois, avec leurs parties ?
}
cli-uploads-aborted = { $key } : abandonné, { $bytes } de moins
cli-cost-no-prices = Ce programme n’a pas de prix
cli-cost-unknown = inconnu
cli-cost-now = en tout, maintenant
cli-cost-archived = { $days ->
    [0] Avec la règle d’archivage ({ $class } aussitôt) : { $month }, soit { $saves } d’économie.
    [one] Avec la règle d’archivage ({ $class } après { $days } jour) : { $month }, soit { $saves } d’économie.
   *[other] Avec la règle d’archivage ({ $class } après { $days } jours) : { $month }, soit { $saves } d’économie.
}
cli-cost-archived-back = Le déplacement coûte { $moving } une fois ; tout récupérer aussitôt { $back }, y compris les { $minimum } jours facturés dans tous les cas.
cli-cost-back = Récupérer ce qui est en { $class } : { $retrieval } ; le supprimer tôt, { $early } au plus pour les { $minimum } jours facturés dans tous les cas.
cli-cost-egress = Tout envoyer une fois sur internet : { $cost }.
cli-cost-unfinished = Des envois inachevés occupent { $bytes } de plus, facturés en STANDARD : `brainzlift uploads`.
cli-cost-prices = Prix de { $region }, état { $as_of }, sans taxes, remises ni requêtes.
cli-cost-other-region = Les prix de { $region } ne sont pas connus : ceux-ci sont ceux de { $shown }.
cli-cost-left-out = Aucun prix connu pour { $classes } : c’est laissé hors des sommes.
cli-restore-refused = Rien ne peut être restauré
cli-restore-takes = { $place } ({ $bytes }, { $class }) : jusqu’à { $hours } h au niveau { $tier }.
cli-restore-cost = La récupération coûte { $cost } aux prix de { $region }.
cli-restore-cost-unknown = Le coût de la récupération n’est pas connu ici.
cli-restore-confirm = La demander ?
cli-restore-not-needed = { $place } peut être lu tel quel ({ $class }).
cli-restore-needed = { $place } est en { $class } et doit d’abord être restauré.
cli-restore-in-progress = { $place } est en cours de restauration.
cli-restore-restored = { $place } peut être lu jusqu’à { $until }.

## tui: keys

keys-unknown-action = aucune action ne s’appelle { $action }
keys-unknown-action-hint = peut-être { $nearest } ; la palette (:) trouve chaque action par son nom
keys-unreadable = { $key } n’est pas une touche
keys-unreadable-hint = une lettre, ou un nom comme enter, esc, space, tab, pgup, f5, précédé de ctrl- ou alt-
keys-ctrl-c = ctrl-c quitte toujours, elle ne peut rien faire d’autre
keys-ctrl-c-hint = choisissez une autre touche
keys-twice = { $key } est donnée à { $action } et c’est la touche de { $other }
keys-twice-hint = donnez une autre touche à l’une des deux
config-keys-type = les touches de { $action } doivent être un texte ou une liste de textes

## tui: frame, help

tui-step-home = Accueil
tui-step-browser = Parcourir
tui-step-settings = Réglages
tui-step-connect = Connexion
tui-step-bucket = Bucket
tui-step-protect = Protection
tui-step-datasets = Données
tui-step-review = Revue
tui-step-transfer = Transfert
tui-step-done = Fin
tui-badge-sandbox = SANDBOX
tui-title-running = { $percent } % · brainzlift
tui-title-done = terminé · brainzlift
tui-key-help = aide
tui-key-back = retour
tui-help-title = Touches : { $step }
tui-help-close = toute touche referme
tui-help-scroll = les flèches défilent, toute autre touche ferme
tui-help-here = Ici
tui-help-everywhere = Partout
tui-help-moving = Se déplacer
tui-help-lines = Une ligne plus haut, plus bas
tui-help-pages = Un écran plus haut, plus bas
tui-help-ends = À la première, à la dernière ligne
tui-help-field = Dans un champ : ctrl-w efface un mot, ctrl-u et ctrl-k effacent jusqu’à l’un ou l’autre bout, alt-b et alt-f vont de mot en mot, ctrl-_ ou alt-z annule, ctrl-y rétablit.
tui-help-mouse = La souris marche partout. Pour sélectionner du texte comme le fait le terminal, maintenez Maj.
tui-palette-title = Que voulez-vous faire ?
tui-palette-keys = entrée exécute · échap ferme
tui-palette-nothing = Aucune action ne porte ce nom.
tui-palette-elsewhere = pas ici
tui-palette-later = pas maintenant
tui-palette-at = écran { $step }
tui-field-cut = C’est plus que ce qui tient ici ; le reste a été laissé de côté.
tui-help-help = Cette aide
tui-help-quit = Quitter ; pendant un transfert, une confirmation est demandée
tui-quit-title = Arrêter le transfert ?
tui-quit-text = Ce qui a été transféré est conservé. Au prochain démarrage, brainzlift reprendra là où il en est.
tui-quit-stop = arrêter et quitter
tui-quit-stay = continuer
tui-stopping-title = Arrêt en cours
tui-stopping-text = Les dernières parties sont consignées afin que le prochain démarrage puisse reprendre ici.
tui-stopping-leave = quitter aussitôt
tui-too-small = brainzlift demande un terminal de { $width }×{ $height } ; celui-ci fait { $now }. Agrandissez-le, ou utilisez les commandes : brainzlift --help
tui-no-terminal = l’assistant exige un terminal en entrée et en sortie, et il n’y en a pas
tui-no-terminal-hint = dans un script, utilisez les commandes : brainzlift setup, puis brainzlift lift (brainzlift --help les montre toutes)
tui-terminal-failed = le terminal n’a pas pu être utilisé
tui-broken = l’interface s’est interrompue ; le journal en dit plus
tui-not-connected = aucune connexion n’est encore établie
tui-no-bucket = aucun bucket n’est encore ouvert
tui-hint = conseil : { $text }
tui-name-enter = entrée
tui-name-esc = échap
tui-name-space = espace
tui-key-quit = quitter
tui-key-retry = réessayer
tui-key-choose = choisir
tui-key-move = déplacer
tui-key-close = fermer


## tui: connect

tui-connect-about = brainzlift transporte les dumps de MusicBrainz et de ListenBrainz dans votre propre bucket S3 : chaque octet est comparé aux empreintes publiées, chaque transfert peut reprendre, chaque coût est annoncé d’avance.
tui-connect-about-sandbox = Vous êtes dans le bac à sable : un serveur S3 et un petit miroir contenus dans ce programme. Rien ne quitte cette machine et rien ne coûte ; tout le reste se passe comme en vrai.
tui-connect-account = Compte
tui-connect-mirror = Miroir des dumps
tui-connect-connecting = recherche d’identifiants et connexion…
tui-connect-status = état
tui-connect-connected = connecté
tui-connect-account-number = compte
tui-connect-identity = identité
tui-connect-access-key = clé d’accès
tui-connect-provider = provenance
tui-connect-region = région
tui-connect-region-assumed = { $region } (aucune n’était réglée)
tui-connect-endpoint = point d’accès
tui-connect-saved = enregistré dans
tui-connect-looked-at = Endroits examinés
tui-connect-mirror-asking = interrogation de { $url }…
tui-connect-mirror-answers = répond
tui-connect-profiles = Profil
tui-connect-regions = Région
tui-connect-key-forward = choisir le bucket
tui-connect-key-profile = profil
tui-connect-key-region = région
tui-connect-key-keys = ajouter une clé
tui-connect-form-title = Clé d’accès
tui-connect-form-key = Identifiant de clé
tui-connect-form-secret = Clé secrète
tui-connect-form-token = Jeton de session
tui-connect-form-region = Région
tui-connect-form-profile = Nom du profil
tui-connect-form-optional = (clés temporaires seulement)
tui-connect-form-about = La clé est d’abord essayée, puis écrite dans vos fichiers AWS seulement si elle fonctionne, comme le fait aws configure, sans toucher aux autres profils. Créez-en une dans la console AWS : IAM, Utilisateurs, Informations d’identification.
tui-connect-form-far = { $region } n’est pas une région d’AWS connue ici. D’autres services ont leurs propres noms.
tui-connect-form-trying = essai de la clé…
tui-connect-form-try = essayer et enregistrer
tui-connect-form-next = champ suivant
tui-connect-form-field = champs
tui-connect-form-peek = montrer
tui-connect-form-hide = masquer

## tui: bucket

tui-bucket-title = Vos buckets
tui-bucket-listing = liste de vos buckets…
tui-bucket-last = le dernier
tui-bucket-create = en créer un nouveau
tui-bucket-region = région
tui-bucket-created = créé le
tui-bucket-name = nom
tui-bucket-name-good = respecte les règles de nommage de S3
tui-bucket-region-unsaid = non indiquée par ce stockage
tui-bucket-elsewhere = Il se trouve dans { $region } : brainzlift l’y suit.
tui-bucket-resumable = { $count ->
    [one] 1 archive commencée peut reprendre.
   *[other] { $count } archives commencées peuvent reprendre.
}
tui-bucket-layout = Son arborescence :
tui-bucket-opening = ouverture de { $name }…
tui-bucket-free = libre : { $name } (F3 le reprend)
tui-bucket-key-open = ouvrir
tui-bucket-key-new = nouveau bucket
tui-bucket-key-again = relister
tui-bucket-key-create = créer
tui-bucket-key-free = prendre le nom libre
tui-bucket-key-region = région
tui-bucket-key-turn = autre région

## tui: protect

tui-protect-title = Protection de { $bucket }
tui-protect-reading = lecture des réglages du bucket…
tui-protect-versioning = Garder les versions
tui-protect-archive = Archiver raw/
tui-protect-days = après
tui-protect-days-value = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
tui-protect-class = en classe
tui-protect-abort = Purger les inachevés
tui-protect-public = Bloquer l’accès public
tui-protect-encryption = Chiffrement
tui-protect-on = oui
tui-protect-off = non
tui-protect-as-is = inchangé
tui-protect-wanted = voulu
tui-protect-now = actuel
tui-protect-outcome = { $change } : { $outcome }
tui-protect-unsupported = non géré
tui-protect-now-unknown = refusé
tui-protect-about-versioning = Ce qui est remplacé ou supprimé subsiste comme ancienne version. Plus sûr, mais chacune est facturée. Les dumps se retéléchargent : « non » suffit.
tui-protect-about-archive = Passé ce délai, S3 déplace raw/ vers une classe plus froide : bien moins chère à garder, plus chère et plus lente à lire. Jamais sans votre demande.
tui-protect-price-of = pour 100 Gio par mois
tui-protect-no-price = inconnu
tui-protect-catch-glacier-ir = Lecture immédiate, mais payante ; 90 jours facturés au minimum.
tui-protect-catch-glacier = À restaurer avant lecture, 3 à 5 heures ; 90 jours facturés au minimum.
tui-protect-catch-deep-archive = À restaurer avant lecture, 12 heures ; 180 jours facturés au minimum.
tui-protect-changes = Ce qu’Entrée modifiera
tui-protect-outcomes = Ce qui a été fait
tui-protect-layout = créer l’arborescence là où elle manque : raw/, extracted/, processed/
tui-protect-layout-there = l’arborescence est en place
tui-protect-layout-made = arborescence créée : { $keys }
tui-protect-layout-making = création de l’arborescence…
tui-protect-key-scroll = défiler
tui-protect-nothing = rien : tout est comme voulu
tui-protect-foreign = { $count ->
    [one] { $count } autre règle de cycle de vie reste inchangée.
   *[other] { $count } autres règles de cycle de vie restent inchangées.
}
tui-protect-key-apply = appliquer
tui-protect-key-datasets = choisir les données
tui-protect-key-change = changer
tui-protect-key-skip = passer
tui-protect-key-again = relire
tui-protect-help-skip = Continuer en laissant chaque réglage tel quel
tui-protect-help-change = Valeur suivante de la ligne ; flèches gauche et droite aussi, et chiffres pour les jours

## tui: home

standing-in-bucket = dans le bucket
home-facts = bucket
home-datasets = jeux de données
home-as-of = au { $time } UTC
home-opening = connexion
home-looking = examen
home-looking-around = Examen du bucket, du miroir et de ce disque.
home-waiting = La suite vient dès que tout est connu.
home-not-known = inconnu
home-protection = protection
home-versions = versions
home-versions-on = versions gardées
home-versions-off = sans versions
home-encryption = chiffrement
home-encrypted = chiffré
home-not-encrypted = non chiffré
home-public = accès public
home-private = non public
home-maybe-public = accès public possible
home-archive-rule = règle d’archivage
home-archive = { $class } après { $days } j
home-archive-none = pas d’archivage
home-abort-rule = règle d’abandon
home-abort = inachevés abandonnés après { $days } j
home-abort-none = les envois inachevés restent
home-unsupported = { $name } : inconnu de ce stockage
home-denied = { $name } : lecture non permise
home-cost = coût
home-holds = { $count ->
    [one] { $size } en { $count } objet
   *[other] { $size } en { $count } objets
}
home-unpriced = { $size } dans des classes au prix inconnu
home-prices-of-aws = aux prix d’AWS ; ce stockage a les siens
home-unfinished = inachevés
home-uploads = { $count ->
    [one] { $count } envoi
   *[other] { $count } envois
}
home-billed = facturés { $cost }
home-uncounted = et { $count } non comptés
home-disk = ce disque
home-here = { $size } ici
home-free = { $size } libres
home-newer = plus récent en amont : { $date }, { $size }
home-newer-short = récent : { $date }
home-running = Un transfert est en cours : { $percent } %.
home-no-bucket = Pas encore de bucket : continuez la mise en place.
home-mend-bucket = Le bucket ne s’ouvre pas : choisissez-en un autre ou recréez-le.
home-mend-connection = Voyez la connexion et les identifiants.
home-mend-refresh = Réessayez.
home-wizard = La mise en place attend à { $number } { $step }.
home-set-up = La mise en place s’est arrêtée en chemin : elle continue à { $number } { $step }.
home-resume = { $count ->
    [one] Reprendre { $count } archive commencée : { $size } à déplacer.
   *[other] Reprendre { $count } archives commencées : { $size } à déplacer.
}
home-resume-unknown = { $count ->
    [one] Reprendre { $count } archive commencée.
   *[other] Reprendre { $count } archives commencées.
}
home-update = { $count ->
    [one] Mettre à jour { $count } jeu plus récent en amont : { $size } à déplacer.
   *[other] Mettre à jour { $count } jeux plus récents en amont : { $size } à déplacer.
}
home-lift = { $count ->
    [one] { $count } jeu choisi n’est pas dans le bucket : { $size } à déplacer.
   *[other] { $count } jeux choisis ne sont pas dans le bucket : { $size } à déplacer.
}
home-mirror = { $count ->
    [one] Une famille de dumps est inconnue : { $why }
   *[other] { $count } familles de dumps sont inconnues : { $why }
}
home-empty = Le bucket n’a pas encore de dumps : choisissez-en.
home-all-current = Tout ce qui est là est le plus récent : choisissez-en d’autres si vous voulez.
home-key-scroll = défiler
home-key-facts = le bucket
home-facts-help = tout ce qu’on sait du bucket : coût, protection, envois inachevés, ce disque
home-key-transfer = transfert
home-key-begin = mise en place
home-key-bucket = choisir un bucket
home-key-connection = connexion
home-key-refresh = revoir
home-key-wizard = continuer
home-key-set-up = mise en place
home-key-resume = reprendre
home-key-update = mettre à jour
home-key-lift = revue
home-key-datasets = jeux
home-key-protection = protection
home-key-browse = parcourir

## tui: datasets

span-days = { $days } j { $hours } h
span-hours = { $hours } h { $minutes } min
span-minutes = { $minutes } min { $seconds } s
span-instant = < 1 s
span-seconds = { $seconds } s
money-later = { $cost } après { $days } jours
money-prices-of = aux prix de { $region }
licence-cc0 = CC0
licence-cc0-tags = CC0, étiquettes CC BY-NC-SA
datasets-title = Jeux de données
datasets-selection = sélection
datasets-of = { $chosen } sur { $all }
datasets-asking = question au miroir
datasets-failed = introuvable, r réessaie
datasets-filter-nothing = Rien ne correspond à ce filtre.
datasets-not-offered = absent de ce dump
datasets-not-offered-short = absent
datasets-current = dans le bucket, à jour
datasets-current-short = à jour
datasets-here = ici, à envoyer
datasets-here-short = ici
datasets-partly = { $percent } % ici
datasets-partly-up = { $percent } % envoyé
datasets-newer = plus récent en amont
datasets-newer-short = récent
datasets-unknown = fichier inconnu à sa clé
datasets-unknown-short = inconnu
datasets-missing = à faire
datasets-leaving = la revue vient dès que tout est connu
datasets-nothing-chosen = Choisissez au moins un jeu (espace).
datasets-notice-not-offered = Ce dump ne le contient pas.
datasets-none-found = Le miroir n’a rien de ce choix ; r redemande.
datasets-not-looked = Disque et bucket non examinés ; r réessaie.
datasets-chosen = choix
datasets-archives = 
    { $count ->
        [one] { $count } archive
       *[other] { $count } archives
    }
datasets-to-move = à déplacer
datasets-looking = examen
datasets-disk = disque
datasets-disk-of = il faut { $need } sur { $free } libres
datasets-disk-needs = il faut { $need }
datasets-disk-too-small = Le disque est trop petit pour ce choix.
datasets-cost = coût
datasets-unknown-sizes = 
    { $count ->
        [one] { $count } jeu choisi n’est pas encore trouvé.
       *[other] { $count } jeux choisis ne sont pas encore trouvés.
    }
datasets-unpacked = { $size } une fois décompressé
datasets-personal = Contient des noms d’utilisateurs : données personnelles.
datasets-dump = Dump { $name }
datasets-passed-over = le dump plus récent { $dump } n’est pas encore complet : { $why }
datasets-key-choose = choisir
datasets-key-detail = détails
datasets-key-detail-help = montrer tout ce que l’on sait de ce qui est sous le curseur
datasets-key-detail-close = fermer
datasets-key-review = revue
datasets-key-all = tout
datasets-key-all-help = choisir toute la famille sous le curseur, ou l’abandonner
datasets-key-guide = guide
datasets-key-guide-help = choisir les quatre jeux que le guide utilise
datasets-key-filter = filtrer
datasets-key-back = retour
datasets-key-move = bouger
datasets-key-move-help = bouger le curseur (aussi j et k, page préc. et suiv.)
datasets-key-fold = plier
datasets-key-fold-help = plier et déplier la famille sous le curseur
datasets-key-keep = garder le filtre
datasets-key-clear = sans filtre
time-about = environ { $time }
time-measured = environ { $time } aux débits de la dernière fois : ↓ { $down }, ↑ { $up }
money-glacier = { $class } économise { $saves } ; tout reprendre aussitôt coûte { $back }
money-glacier-unknown = { $class } économise { $saves } ; le prix pour tout reprendre est inconnu
datasets-by-name = par nom
datasets-by-size = par taille
datasets-by-state = par état
datasets-key-sort = trier
datasets-key-sort-help = trier par nom, taille ou état (S inverse l’ordre)
datasets-key-reverse = ordre inverse
datasets-of-dump = dump du { $date } : { $name }
family-musicbrainz-json = Tout MusicBrainz en lignes JSON, une archive par sorte de chose ; publié le mercredi et le samedi.
family-musicbrainz-canonical = Le meilleur enregistrement et la meilleure parution de chaque morceau, en tables ; publié le 3 et le 17.
family-listenbrainz-full = Toutes les écoutes, brutes, pour Spark et en statistiques ; publié le 1er et le 15.
family-listenbrainz-incremental = Les écoutes d’un jour ; publié chaque jour.
family-listenbrainz-sample = Un petit échantillon des écoutes ; publié rarement.
family-sums = { $count ->
    [one] { $count } archive, { $size } ; { $current } dans le bucket et à jour
   *[other] { $count } archives, { $size } ; { $current } dans le bucket et à jour
}
datasets-key-retry = réessayer


## tui: review

review-title = Revue : { $count ->
    [one] { $count } archive
   *[other] { $count } archives
} vers s3://{ $bucket }
review-totals = au total
review-move = à déplacer
review-moved = ↓ { $down } à recevoir · ↑ { $up } à envoyer
review-mode = mode
review-mode-keep = les fichiers restent dans { $dir }
review-mode-stream = pas de fichier local
review-disk-none = rien à y garder, { $free } sont libres
review-limits = limites
review-time = durée
review-time-at = environ { $time }, en supposant { $rate } dans chaque sens
review-time-limited = environ { $time } dans les limites, en supposant { $rate } au plus
review-requests = requêtes
review-requests-cost = { $count } à S3, { $cost } une fois
review-requests-count = { $count } à S3
review-place = lieu
review-place-at = s3://{ $bucket }/raw/
review-settings-of = Réglages du bucket
review-written = écrit
review-skipped = non écrit : cette étape a été passée
review-not-read = non examinés cette fois : rien n’y est écrit
review-nothing = rien à déplacer
review-nothing-to-do = Tout est à sa place et à jour : rien à faire.
review-nothing-possible = Rien ne peut être déplacé ainsi ; voyez les lignes ci-dessus.
review-unknown-advice = { $key } n’a pas été mis là par brainzlift ; o permet de le remplacer
review-replaced = { $key } sera remplacé
review-blocked-advice = rien n’est possible dans ce mode
review-licence-cc0 = Licence : CC0.
review-licence-tags = Licence : CC0 ; étiquettes, genres, notes et annotations CC BY-NC-SA 3.0. Usage commercial : metabrainz.org/supporters/account-type.
review-personal = Les dumps ListenBrainz contiennent des noms d’utilisateurs : ce sont des données personnelles.
review-key-start = lancer
review-key-end = vers la fin
review-key-replace = remplacer l’inconnu
review-key-keep = garder l’inconnu
review-key-stream = en flux
review-key-files = garder les fichiers
review-key-mode-help = garder : les fichiers restent sur ce disque ; en flux : pas de fichier local, la mémoire sert de tampon, rien à garder sur le disque
review-key-replace-help = permettre de remplacer les fichiers inconnus aux clés des archives, ou les garder
review-key-back = retour
review-key-move = bouger


## tui: transfer

percent = { $percent } %
leg-download = réception
leg-upload = envoi
proof-size = taille
proof-of-parts = { $what } des parties
proof-not-given = non fourni par ce service
proof-malformed = mal formé dans la réponse de ce service
transfer-title = Transfert
transfer-title-stream = Transfert : en flux, sans fichier local
transfer-title-ended = Transfert : terminé
transfer-left = encore { $time }
transfer-average = en moyenne
transfer-estimating = estimation
transfer-beginning = début
transfer-all-paused = en pause
transfer-all-waiting = vous attend
transfer-all-proven = tout prouvé en { $time }
transfer-ended = terminé après { $time }
transfer-of = { $done } sur { $all }
transfer-limit = limite
transfer-size-in = { $size } en { $time }
transfer-down = { $percent } % reçu
transfer-hashed = { $percent } % haché
transfer-up = { $percent } % envoyé
transfer-checking = ✓ SHA-256 · contrôle sur place
transfer-queued = en attente de son tour
transfer-skipped = déjà à sa place, à jour
transfer-cancelled = annulé, rien ne reste
transfer-interrupted = arrêté, peut reprendre
transfer-failed = échec
transfer-paused = en pause
transfer-waiting = en attente : { $why }
transfer-retrying = { $leg }, essai { $attempt } échoué ; nouvel essai dans { $wait } : { $why }
transfer-log = journal
transfer-cancel-one = Annuler { $name } ?
transfer-cancel-all = Tout annuler ?
transfer-cancel-text = Garder ce qui a été déplacé, ici et dans le bucket, pour continuer plus tard (les parties dans S3 coûtent un peu d’ici là), ou tout jeter aux deux endroits ?
transfer-key-no = continuer
transfer-key-result = résultat
transfer-key-pause = pause
transfer-key-resume = reprendre
transfer-key-pause-help = mettre en pause ou reprendre tout, ou l’archive sous le curseur
transfer-key-retry = réessayer
transfer-key-retry-help = réessayer les archives en échec et reprendre celles qui attendent
transfer-key-cancel = annuler
transfer-key-cancel-help = annuler tout, ou l’archive sous le curseur ; demande d’abord
transfer-key-log = journal
transfer-key-limit = limite
transfer-key-limit-help = accélérer ou ralentir, jusqu’à aucune limite ; pour cette fois
transfer-key-limit-down = ↓ seul
transfer-key-limit-up = ↑ seul
transfer-key-limit-both = ↓ et ↑
transfer-key-leg-help = si + et - changent la limite des deux sens, de la réception ou de l’envoi
transfer-key-no-log = sans journal
transfer-key-one = archive
transfer-key-one-help = mettre le curseur sur une archive ; dans le journal, défiler
transfer-key-every = toutes
transfer-key-datasets = jeux
transfer-key-newest = dernier dump
transfer-key-quit = quitter
transfer-key-quit-help = arrêter et quitter ; ce qui a été déplacé peut reprendre
log-started = commencé
log-resumed-at = repris : { $down } reçus, { $up } dans S3
log-retrying = { $leg }, essai { $attempt } échoué, à nouveau dans { $wait } : { $why }
log-restarted = recommence depuis le début : { $why }
log-repinned = vient désormais du dump { $dump }, { $size }
log-downloaded = tous les octets sont reçus
log-verified = ✓ le SHA-256 est celui publié
log-uploaded = toutes les parties sont dans S3
log-skipped = était à sa place
log-waiting = attend : { $why }
log-paused = en pause
log-resumed = reprend
log-cancelled = annulé
log-interrupted = arrêté, peut reprendre
log-failed = ✗ échec : { $why }


## tui: transfer, while it runs
transfer-left-out = laissée de côté cette fois ; ce qui est là reste
transfer-connections = connexions
transfer-connected = ↓ { $used } sur { $most }
transfer-flying = { $count ->
    [one] ↑ { $count } partie
   *[other] ↑ { $count } parties
}
transfer-key-keep = garder, arrêter
transfer-key-discard = tout jeter
transfer-key-go-on = continuer
transfer-key-renew = autres identifiants
transfer-key-renew-help = un autre profil ou d’autres clés, quand ceux en usage ont expiré
transfer-key-open = ouvrir
transfer-key-close = fermer
transfer-key-open-help = tout ce qu’on sait de l’archive sous le curseur : parties, essais, preuve
transfer-key-first = d’abord
transfer-key-first-help = traiter cette archive avant toutes les autres
transfer-key-skip = laisser
transfer-key-skip-help = laisser cette archive de côté cette fois ; ce qui est déplacé reste, et r la reprend
transfer-key-connections = connexions
transfer-key-connections-help = demander au miroir plus ou moins de plages à la fois
transfer-key-chart-whole = depuis le début
transfer-key-chart-recent = 2 minutes
transfer-key-chart-help = le graphique montre les deux dernières minutes, ou tout le transfert
chart-now = maintenant
chart-end = fin
chart-ago = −{ $time }
chart-minutes = { $minutes } min
chart-whole = début, il y a { $time }
bar-in-s3 = dans S3
bar-hashed = haché
bar-downloaded = reçu
bar-proven = prouvé
part-waiting = en attente
part-downloading = en réception
part-here = ici
part-uploading = en envoi
part-in-s3 = dans S3
part-again = à refaire
detail-state = état
detail-moves = en route
detail-tries-again = nouvel essai
detail-first = en premier
detail-moved = déplacé
detail-size = taille
detail-rates = débits
detail-sending = { $size } en route vers S3
detail-elapsed = durée
detail-mirror = depuis
detail-key = clé
detail-parts = { $count ->
    [one] { $count } partie
   *[other] { $count } parties
}
detail-parts-a-cell = une case vaut { $count } parties
detail-tries = { $count ->
    [one] { $count } essai manqué
   *[other] { $count } essais manqués
}
detail-try = { $time }  { $leg }, essai { $attempt } : { $why }
detail-restart = { $time }  repris à zéro : { $why }
detail-proof = Preuve
detail-bytes = { $size } ({ $bytes } octets)
detail-place = place
log-level-all = tout
log-level-warnings = avertissements et pire
log-level-troubles = échecs et attentes
log-filter = filtre :
log-nothing = Rien qui convienne.
log-key-filter = filtrer
log-key-filter-help = ne montrer que les lignes du journal qui contiennent un texte
log-key-filter-done = fini
log-key-filter-clear = sans filtre
log-key-level = niveau
log-key-level-help = tout montrer, ou seulement les avertissements, ou seulement ce qui a échoué ou attend
renew-title = Identifiants expirés
renew-text = Des archives attendent des identifiants que le bucket accepte. Si un profil a été reconnecté entre-temps, relisez-le.
renew-same = relire les mêmes
renew-profile = profil { $name }
renew-keys = saisir une clé d’accès
renew-key-id = clé d’accès
renew-secret = clé secrète
renew-token = jeton de session
renew-optional = clés temporaires seulement
renew-trying = essai en cours…
renew-key-try = continuer
renew-key-field = champ suivant
renew-key-peek = voir
renew-key-choose = choisir
renew-key-close = retour

## tui: done

done-title = Fini
done-proofs = Preuves
done-cost = Ce que cela coûte
done-next = Et maintenant
done-bucket = Le bucket
done-proven = 
    { $count ->
        [one] { $count } prouvée
       *[other] { $count } prouvées
    }
done-skipped = { $count } déjà là
done-failed = { $count } en échec
done-cancelled = 
    { $count ->
        [one] { $count } annulée
       *[other] { $count } annulées
    }
done-interrupted = 
    { $count ->
        [one] { $count } arrêtée
       *[other] { $count } arrêtées
    }
done-nothing = Rien n’a été déplacé.
done-not-moved = non déplacé
done-cost-nothing = Aucune archive dans le bucket : rien.
done-cost-of = { $size } à { $region }
done-again = b revient aux jeux : ce qui manque reprend où il s’est arrêté.
done-next-list = voir ce qui s’y trouve
done-next-extract = décompresser une archive dans le bucket
done-next-spark = la lire avec Spark
done-next-airflow = la garder à jour depuis Airflow
done-sandbox-hint = Ces commandes valent pour un bucket chez AWS ; ce bac à sable s’arrête avec le programme.
done-copy-hint = En quittant, ces commandes s’affichent en lignes à copier.
done-key-leave = quitter
done-key-datasets = jeux
done-key-scroll = défiler
done-moved = ↓ { $down } ↑ { $up }
done-table = le tableau
done-copied = copié : { $what }
done-saved = enregistré : { $paths }
done-key-copy = copier la table
done-key-copy-command = copier la commande
done-key-copy-help = copier le tableau, ou la commande marquée ▸, dans le presse-papiers du terminal
done-key-pick = choisir
done-key-pick-help = quelle commande est copiée, ou de nouveau le tableau
done-key-save = enregistrer
done-key-save-help = enregistrer le tableau en texte et en JSON
done-key-browse = parcourir
done-key-home = accueil
done-save-title = Enregistrer le rapport
done-save-text = Le tableau de toutes les archives, dans NOM.txt et NOM.json. Quel NOM ?
done-save-there = { $path } existe déjà : choisissez un autre nom
done-save-failed = impossible d’écrire { $path }
table-archive = archive
table-state = état
table-size = taille
table-time = durée
table-place = place
table-proven = prouvée
table-skipped = déjà là
table-cancelled = annulée
table-interrupted = arrêtée

## tui: browser

browser-read-only = lecture seule
browser-listing = lecture de la liste…
browser-copied = copié : { $uri }
browser-own-key = (la clé du dossier lui-même)
browser-deleted = supprimé
browser-empty = Ce dossier est vide.
browser-empty-bucket = Ce bucket est vide.
browser-no-match = Aucun nom ne contient cela.
browser-no-bucket = Aucun bucket n’est ouvert.
browser-no-bucket-choose = Choisissez l’un des vôtres, ou créez-en un : appuyez sur Entrée.
browser-no-bucket-connect = Connectez-vous d’abord, puis choisissez l’un de vos buckets, ou créez-en un : appuyez sur Entrée.
browser-column-name = nom
browser-column-size = taille
browser-column-date = écrit (UTC)
browser-column-class = classe
browser-column-version = version
browser-entries = { $number ->
    [one] { $count } entrée
   *[other] { $count } entrées
}
browser-entries-more = { $count } entrées, et d’autres
browser-match = { $count } sur { $all }
browser-match-so-far = { $count } sur { $all }, et d’autres
browser-marked = { $count } marquées
browser-all-marked = toutes marquées
browser-sorting = tri…
browser-searching = recherche…
browser-sorted-partly = trié pour ce qui est arrivé
browser-with-versions = toutes les versions
browser-amount = { $number ->
    [one] { $count } objet, { $size }
   *[other] { $count } objets, { $size }
}
browser-markers = { $number ->
    [one] { $count } marqueur de suppression
   *[other] { $count } marqueurs de suppression
}
browser-of = { $one } sur { $all }
browser-sort-name = par nom
browser-sort-size = par taille
browser-sort-date = par date
browser-sort-class = par classe
browser-key-open = ouvrir
browser-key-up = sortir
browser-key-details = détails
browser-key-fetch = rapatrier
browser-key-fetches = rapatriements
browser-key-restore = restaurer
browser-key-measure = compter
browser-key-inside = regarder dedans
browser-key-delete = supprimer
browser-key-mark = marquer
browser-key-mark-all = tout marquer
browser-key-no-marks = démarquer
browser-key-filter = filtrer
browser-key-take-filter = garder
browser-key-no-filter = ôter le filtre
browser-key-versions = versions
browser-key-uploads = envois
browser-key-reverse = inverser
browser-key-copy = copier l’adresse
browser-key-again = redemander
browser-key-stop = arrêter
browser-key-go-on = continuer
browser-key-bucket = choisir un bucket
browser-key-connect = se connecter
browser-up-help = Sort de ce dossier et revient sur sa ligne dans celui du dessus.
browser-stop-help = Arrête de lire le reste de la liste.
browser-restore-help = Demande à Glacier une copie lisible ; ce que cela coûte est dit d’abord.
browser-fetch-help = Rapatrie ce qui est marqué, ou ce qui est sous le curseur, et le compare à ses sommes de contrôle.
browser-fetches-help = Ce qui est en cours de rapatriement, et ce qu’il en est advenu.
browser-measure-help = Compte les objets et les octets sous le dossier, ou sous ceux qui sont marqués.
browser-inside-help = Montre les premiers membres et lignes d’une archive sans la rapatrier.
browser-delete-help = Demande, dit combien c’est, et veut que le nom du bucket soit tapé.
browser-mark-help = Le marque pour un rapatriement ou une suppression.
browser-mark-all-help = Marque tout ce qui est montré, ou plus rien.
browser-filter-help = Ne montre que les noms qui contiennent certaines lettres ; tout le dossier est parcouru.
browser-sort-help = Trie tour à tour par nom, taille, date, classe.
browser-versions-help = Montre aussi les anciennes versions et les marqueurs de suppression, ou plus.
browser-uploads-help = Les envois inachevés, qui sont facturés et qu’aucune liste ne montre.
browser-details-help = Montre ou cache tout ce qui est su de ce qui est sous le curseur.
browser-copy-help = Copie l’adresse s3:// dans le presse-papiers.
browser-details = détails
browser-detail-bytes = { $size } ({ $count } octets)
browser-detail-state = état
browser-detail-older = une ancienne version
browser-detail-marker = Un marqueur de suppression : il cache les versions d’avant. Le supprimer avec toutes les versions les emporte aussi.
browser-detail-key = clé
browser-detail-restore = archive
browser-detail-dataset = jeu de données
browser-detail-dump = dump
browser-detail-source = source
browser-detail-gone = Il n’est plus là.
browser-scroll-help = fait défiler les détails
browser-detail-asking = demande à S3…
browser-detail-malformed = S3 donne un CRC64NVME qui n’en est pas un : rien ne peut être comparé.
browser-detail-no-checksum = S3 n’en garde pas de CRC64NVME.
browser-detail-uncounted = Pas encore compté.
browser-detail-counting = comptage…
browser-detail-inside = contenu
browser-detail-newest = le plus récent
browser-subject-everything = tout ce qui est dans { $bucket }
browser-subject-below = tout ce qui est sous { $prefix }
browser-subject-marked = { $count } entrées marquées
browser-delete-title = Supprimer
browser-delete-counting = comptage : { $amount }
browser-delete-versions = toutes les versions aussi
browser-delete-for-good = Les anciennes versions et les marqueurs de suppression partent aussi. Rien n’en pourra être récupéré.
browser-delete-hides = Un bucket qui garde les versions les garde et ne fait que les cacher ; un autre les perd pour de bon.
browser-delete-one-version = Seule cette version part, pour de bon. Les autres versions de la clé restent.
browser-delete-marked-versions = Seules les versions marquées partent, pour de bon. Des dossiers marqués ne part que ce qui est là maintenant.
browser-delete-type = Pour supprimer, tapez le nom du bucket : { $bucket }
browser-delete-wrong = ce n’est pas le nom de ce bucket
browser-delete-right = c’est bien le nom
browser-delete-running = suppression en cours
browser-delete-stopping = arrêt : ce qui est en cours est attendu
browser-delete-done = supprimé
browser-delete-partly = tout n’a pas pu être supprimé
browser-delete-stopped = arrêté
browser-delete-gone = { $number ->
    [one] { $count } entrée est partie, { $size }
   *[other] { $count } entrées sont parties, { $size }
}
browser-delete-failed = { $number ->
    [one] { $count } a été refusée :
   *[other] { $count } ont été refusées :
}
browser-delete-key-keep = garder
browser-delete-key-versions = toutes les versions
browser-delete-key-newest = pas toutes les versions
browser-delete-versions-help = Si les anciennes versions et les marqueurs de suppression partent aussi, pour de bon.
browser-fetch-title = Rapatrier
browser-fetch-where = Dans quel dossier ? Chaque objet y va à sa clé.
browser-fetch-no-folder = tapez un dossier
browser-fetch-checks = Arrive par plages en parallèle, peut être arrêté puis repris, et est comparé aux sommes de contrôle de S3 et de ses métadonnées. Un fichier qui diffère n’est pas écrasé.
browser-fetch-finding = { $number ->
    [one] { $count } objet trouvé…
   *[other] { $count } objets trouvés…
}
browser-fetch-percent = ↓ { $percent } % · { $here } sur { $total }
browser-fetch-of = { $ended } sur { $objects }
browser-fetch-done = { $number ->
    [one] { $count } objet rapatrié et contrôlé, { $size }
   *[other] { $count } objets rapatriés et contrôlés, { $size }
}
browser-fetch-already = { $number ->
    [one] { $count } est déjà ici, identique
   *[other] { $count } sont déjà ici, identiques
}
browser-fetch-failed = { $count } en échec
browser-fetch-interrupted = { $count } arrêtés
browser-fetch-to = vers { $folder }
browser-fetch-waiting = { $count } de plus attendent leur tour
browser-fetch-retrying = nouvel essai pour { $key } : { $why }
browser-fetch-here = { $key } est déjà là
browser-fetch-folder = { $key } est la clé d’un dossier et ne contient rien
browser-fetch-stopped = { $key } a été arrêté ; il peut être repris
browser-fetch-was-stopped = le rapatriement a été arrêté avant de commencer
browser-restore-title = Restaurer depuis Glacier
browser-restore-object = { $key }, { $size }
browser-restore-tier = À quelle vitesse ? Il est en { $class }.
browser-restore-expedited = Expedited : quelques minutes, plus cher que Standard
browser-restore-standard = Standard : en moins de { $hours } heures
browser-restore-bulk = Bulk : en moins de { $hours } heures, moins cher que Standard
browser-restore-key-tier = vitesse
browser-restore-days = Pendant combien de jours la copie doit-elle rester ?
browser-restore-bad-days = un nombre de jours de 1 à { $most }
browser-restore-cost = { $retrieval } pour le lire (Standard), { $copy } pour une copie pendant { $days ->
    [one] { $days } jour
   *[other] { $days } jours
} ; prix de { $region }, sans la sortie d’AWS
browser-restore-no-price = Le prix n’est pas connu pour cette classe.
browser-restore-waiting = demande à S3…
browser-restore-not-needed = lisible tel quel
browser-restore-needed = à restaurer avant de pouvoir être lu
browser-restore-in-progress = la restauration est en cours
browser-restore-until = une copie est lisible jusqu’au { $until } UTC
browser-restore-readable = une copie est lisible
browser-inside-title = Dedans
browser-inside-key-more = plus de lignes
browser-inside-reading = lecture, { $read } jusqu’ici
browser-inside-stopped = arrêté après { $read }
browser-inside-whole = toute l’archive, { $read } lus
browser-inside-limited = un coup d’œil ne lit pas au-delà de { $read }
browser-inside-enough = { $read } lus
browser-inside-binary = Ce n’est pas du texte.
browser-inside-no-file = Ce n’est pas un fichier.
browser-uploads-title = Envois inachevés
browser-uploads-listing = demande à S3…
browser-uploads-none = Il n’y en a pas : rien n’est facturé qu’aucune liste ne montre.
browser-uploads-sum = { $number ->
    [one] { $count } envoi inachevé, { $size } facturés
   *[other] { $count } envois inachevés, { $size } facturés
}
browser-uploads-holds = { $number ->
    [one] { $count } partie, { $size }, facturée jusqu’à ce qu’il soit fini ou jeté
   *[other] { $count } parties, { $size }, facturées jusqu’à ce qu’il soit fini ou jeté
}
browser-uploads-begun = commencé le { $at } UTC, il y a { $age }
browser-uploads-mine = Cette machine l’a commencé et peut le reprendre : dans Jeux de données, choisissez de nouveau son archive.
browser-uploads-others = Cette machine n’en a pas de journal et ne peut donc pas le reprendre.
browser-uploads-going = en cours
browser-uploads-gone = disparu
browser-uploads-key-resume = le reprendre
browser-uploads-key-abort = jeter
browser-uploads-ask-title = Jeter cet envoi ?
browser-uploads-ask = { $key } n’a pas été commencé sur cette machine. Qui l’envoie en ce moment échouerait. Ses parties partent et ne sont plus facturées.
browser-uploads-ask-mine = { $key } pourrait être repris. Ses parties partent, et ce qui a été envoyé devra l’être de nouveau.

## tui: actions

action-up = Vers le haut
action-down = Vers le bas
action-left = Vers la gauche
action-right = Vers la droite
action-page-up = Un écran plus haut
action-page-down = Un écran plus bas
action-first = À la première ligne
action-last = À la dernière ligne
action-forward = Continuer, ouvrir, choisir
action-back = Revenir, fermer
action-confirm = Oui
action-decline = Non
action-toggle = Choisir, ou non
action-filter = Filtrer
action-sort = Trier par la colonne suivante
action-reverse = Inverser le tri
action-refresh = Redemander
action-details = Tous les détails
action-next-field = Champ suivant
action-previous-field = Champ précédent
action-peek = Montrer ou masquer la saisie
action-copy = Copier
action-save = Enregistrer dans un fichier
action-reset = revenir à la valeur par défaut
action-access-keys = Saisir des clés d’accès
action-profile = Choisir un profil
action-region = Choisir une région
action-new-bucket = Créer un bucket
action-free-name = Prendre un nom libre
action-skip-step = Passer cette étape
action-increase = Plus, valeur suivante
action-decrease = Moins, valeur précédente
action-toggle-family = Choisir toute la famille
action-guide = Le choix du guide
action-fold = Replier la famille
action-unfold = Déplier la famille
action-mode = Garder les fichiers ou non
action-replace = Remplacer les objets inconnus
action-resume = Reprendre ce qui est commencé
action-update = Apporter les nouveautés
action-datasets = Jeux de données
action-protection = Protection du bucket
action-connection = Connexion
action-pause = Suspendre ou reprendre
action-retry = Réessayer
action-cancel = Annuler
action-keep = garder ce qui a été déplacé
action-discard = jeter ce qui a été déplacé
action-renew = renouveler les identifiants
action-put-first = Mettre en premier
action-skip-archive = Laisser de côté cette fois
action-faster = Limite plus haute
action-slower = Limite plus basse
action-next-leg = La limite de l’autre sens
action-more-connections = Une connexion de plus
action-fewer-connections = Une connexion de moins
action-log = Journal
action-log-level = Ce que montre le journal
action-chart-span = Deux minutes ou tout
action-scroll-up = Détails vers le haut
action-scroll-down = Détails vers le bas
action-parent = Sortir du dossier
action-mark-all = Tout marquer, ou rien
action-fetch = Récupérer
action-fetches = Ce qui est rapatrié
action-restore = Restaurer depuis Glacier
action-look-inside = Regarder dedans
action-delete = Supprimer
action-versions = Versions
action-measure = Compter le contenu
action-uploads = Envois inachevés
action-abort = Abandonner un envoi
action-help = Aide
action-palette = Trouver une action
action-home = Accueil
action-browse = Parcourir le bucket
action-settings = Réglages
action-language = Français ou anglais
action-theme = Thème suivant
action-suspend = Mettre en veille
action-quit = Quitter
