"""Lines that are no news, and news that looks like them, in four languages."""

from __future__ import annotations

import pytest

from generator.model import Sentence
from generator.summarise.extractive.boilerplate import boilerplate, is_boilerplate

PROMPTS = {
    "en": """
Write a comment
Leave a reply
Leave your thoughts in the comments below.
What do you think? Let us know in the comments.
Have your say in the comments below!
Your email address will not be published.
You must be logged in to post a comment.
3 comments
Sign up for our weekly newsletter.
Subscribe to the Morning Briefing for more stories like this.
Get the day's top stories in your inbox.
Get our best stories in your inbox every morning.
To get our daily briefing by email, sign up here.
Already a subscriber? Log in.
Never miss a story: turn on notifications.
Share this article
Share on Facebook
Follow us on Mastodon for more.
Follow @switchyard on X.
Like us on Facebook
Enjoyed this article? Share it with a friend.
Click here to see the plans.
Read more: The county votes
READ MORE
Read the full story here.
Continue reading
See also: The county votes
WATCH: Turbines arrive at the port
Related: The county votes
Scroll down for video
Story continues below advertisement
Advertisement
Sponsored content
Listen to this article
Download our free app.
By Ada Moreno
By Ada Moreno and Tomas Reyna, Harbour Wire
By ADA MORENO
LLANO VERDE, Texas —
LONDON (Harbour Wire) -
Photo: Ada Moreno
Image credit: Harbour Wire
(Photo by Ada Moreno/Harbour Wire)
File photo
Published 23 November 2026
Last updated: Nov. 23, 2026, 4:30 p.m.
5 min read
Correction: An earlier version of this article gave the wrong year.
An earlier version of this story misstated the price.
This article was updated on Monday to add a comment.
This story has been corrected.
Editor's note: This piece first ran in May.
This article was originally published on Harbour Wire.
Reporting by Ada Moreno; editing by Tomas Reyna
Ada Moreno contributed to this report.
Wire's Ada C. Moreno, Tomas Reyna and Lena Ode contributed to this story.
Watch how the turbines came ashore »
VIDEO Scroll down to see the turbines
Click on the photos above to see more.
UPDATED:
© 2026 The Switchyard. All rights reserved.
Copyright 2026 Harbour Wire
All rights reserved.
We use cookies to improve your experience.
By continuing to use this site you agree to our use of cookies.
Accept all cookies
Support our journalism
Tags: power, grid, Texas
Skip to main content
Do you have a story for the newsroom? Email us.
Thanks for reading!
Join the conversation
Stay tuned for more.
https://news.example/2026/11/county
desk@switchyard.example
""",
    "de": """
Schreiben Sie einen Kommentar
Kommentar hinterlassen
Diskutieren Sie mit!
Melden Sie sich für unseren Newsletter an.
Jetzt Newsletter abonnieren
Abonnieren Sie unseren Newsletter für mehr Nachrichten.
Teilen Sie diesen Artikel
Auf Facebook teilen
Folgen Sie uns auf Mastodon.
Lesen Sie auch: Der Rat stimmt zu
Mehr zum Thema
Weiterlesen
Lesen Sie hier mehr über das Werk.
Klicken Sie hier, um den Plan zu sehen.
Anzeige
Von Anna Weber
Von Anna Weber und Klaus Ode
Foto: Anna Weber
WERRABACH (hw) –
Stand: 23.11.2026, 18:30 Uhr
Veröffentlicht am 23. November 2026
Korrektur: In einer früheren Version stand ein falsches Jahr.
In einer früheren Version dieses Artikels hieß es, das Werk sei neu.
© 2026 Die Zeitung. Alle Rechte vorbehalten.
Alle Rechte vorbehalten.
Wir verwenden Cookies, um die Seite zu verbessern.
Mit Material von dpa
Was meinen Sie? Schreiben Sie uns!
Schlagwörter: Strom, Netz
""",
    "fr": """
Laissez un commentaire
Écrire un commentaire
Réagissez à cet article
Inscrivez-vous à notre newsletter.
Abonnez-vous à notre lettre d’information.
Recevez chaque matin notre newsletter.
Partagez cet article
Partager sur Facebook
Suivez-nous sur Mastodon.
Lire aussi : Le conseil approuve le plan
À lire aussi
Lire la suite
Cliquez ici pour voir le plan.
Publicité
Par Anne Roy
Par Anne Roy et Paul Petit
Crédit photo : Anne Roy
Photo : Anne Roy
LE CAIRE (HW) —
Publié le 23 novembre 2026
Mis à jour le 23 novembre 2026 à 18 h 30
Correction : une version précédente donnait une autre année.
Une version précédente de cet article donnait un autre prix.
© 2026 Le Journal. Tous droits réservés.
Tous droits réservés.
Nous utilisons des cookies pour améliorer le site.
Cet article est réservé aux abonnés.
Avec AFP
Mots-clés : courant, réseau
""",
    "es": """
Deje un comentario
Escribe un comentario
Déjanos tu opinión en los comentarios.
Suscríbase a nuestro boletín.
Suscríbete a nuestra newsletter para recibir más noticias.
Reciba cada mañana nuestro boletín.
Comparte este artículo
Compartir en Facebook
Síguenos en Mastodon.
Lea también: El consejo aprueba el plan
Lee también
Leer más
Haga clic aquí para ver el plan.
Publicidad
Por Ana López
Por Ana López y Luis Ruiz
Foto: Ana López
BOGOTÁ (HW) —
Publicado el 23 de noviembre de 2026
Actualizado el 23 de noviembre de 2026 a las 18:30
Corrección: una versión anterior daba otro año.
Una versión anterior de este artículo daba otro precio.
© 2026 El Diario. Todos los derechos reservados.
Todos los derechos reservados.
Usamos cookies para mejorar el sitio.
Con información de EFE
Etiquetas: luz, red
Inicie sesión para comentar
""",
}
NEWS = {
    "en": """
The newsletter reaches 40,000 readers.
Sign-ups for the county's newsletter doubled after the fire.
Subscribers of the paper pay $4 a week.
Subscribe now, pay later: the model has failed, the study says.
Comments on the plan are due by Monday.
Comment from the company was not to be had.
Three comments were filed against the plan.
Share prices fell after the vote.
Sharing the cost would take a treaty.
Share buybacks of $2 billion are planned for May.
Shares on the exchange fell.
Follow-up talks are set for May.
Following the vote, the county will sell the land.
Follow the money, the prosecutor said.
Photographs of the site show six stacks.
Photo agencies sued the firm on Monday.
Image generators use as much power as a fridge.
Video games brought in $3 billion.
Pictures taken by the drone show smoke.
Read more than half of the report and the numbers change.
Reading the full report takes an hour.
Readers sent 400 letters.
Related companies were told to keep their files.
Related work at Sable Systems was stopped.
Click fraud cost the firm $4 million.
By Monday the county had voted.
By Llano Verde runs a line of pylons.
By May Corvane Power had sold its plant.
By most measures Ardent Power is the largest maker of engines.
Published studies do not support the claim.
Published on Friday, the report names nine towns.
Updated rules take effect in May.
Posted speed limits will fall to 30.
Corrections officers went on strike on Monday.
Correction facilities hold 4,000 people.
This story of a small town has no hero.
This report was commissioned by the county.
Copyright law does not cover the list, the court held.
All rights to the land pass to the county.
We use cookies of oatmeal and salt, the baker said.
Cookies are stored for 30 days, the regulator found.
Advertisements brought in $3 million.
Advertisement sales fell by half.
Sponsored bills need two readings.
Contact with the ship was lost at noon.
Join Corvane and Ardent, and half of the market is in one hand.
Joining the union costs nothing.
Stay of execution was granted on Friday.
Supporting the plan were three of the five commissioners.
Support for the plan fell to 40 percent.
Support our troops was written on the wall.
Download speeds rose by half.
Listen to the mayor, and nothing is wrong.
Watch makers in the valley have no apprentices.
Watch lists are kept by nine agencies.
Tags on the cards named the wrong maker.
An earlier version of the engine burned more oil.
Editors of nine papers signed the letter.
Thanks to the rain, the fire did not spread.
“Subscribe to our newsletter,” the pastor told his flock.
"Click here to win," said the message that cost her $4,000.
Like us, they were poor, she said.
Nine agencies contributed to this report, which the county paid for.
Watch the price rise and the county will sell.
Updated, the list holds nine names.
Reporting requirements begin in May.
Reporting by the county shows a loss of $4 million.
LLANO VERDE, Texas — The county approved the plan.
Get the vote out was the plan.
Have a tip line and the calls will come, police say.
Do you have a permit, the officer asked her.
Never miss a payment, the lender warned its clients.
Continue to boil water, the county said.
Have your say at the polls on Tuesday, the mayor told voters.
""",
    "de": """
Der Newsletter der Stadt hat 40.000 Leser.
Kommentare zum Plan nimmt der Rat bis Montag an.
Kommentar wollte die Firma keinen abgeben.
Von Anna Weber stammt der Entwurf.
Von Montag an gilt die neue Regel.
Von Werrabach Nord bis zum Hafen ist die Straße gesperrt.
Anzeigen gegen den Fahrer gingen am Montag ein.
Anzeige erstattete die Stadt am Freitag.
Fotos zeigen Rauch über dem Werk.
Foto und Film waren im Saal verboten.
Folgen hat der Beschluss erst 2027.
Folgen Sie dem Geld, sagte der Staatsanwalt.
Mehr zum Preis wollte der Händler nicht sagen.
Weiterlesen wird in den Schulen Pflicht.
Stand der Arbeiten ist die Hälfte.
Veröffentlicht wird der Bericht im Mai.
Alle Rechte an dem Land gehen an den Kreis.
Teilen wollen die Städte ihre Kosten nicht.
Cookies speichert die Seite 30 Tage.
Abonnenten zahlen 4 Euro in der Woche.
„Abonnieren Sie unseren Newsletter“, sagte der Pfarrer.
""",
    "fr": """
La newsletter de la ville a 40 000 lecteurs.
Les commentaires sur le plan sont attendus lundi.
Commentaire de la mairie : le plan est mort.
Par lundi froid, la salle était vide.
Par Le Caire passe une ligne à haute tension.
Publicité et presse ont perdu 3 milliards d’euros.
La publicité a rapporté 3 millions d’euros.
Photos et films étaient interdits dans la salle.
Suivre l’argent, voilà le métier, dit le procureur.
Suivez l’argent, a dit le procureur.
Lire la suite du rapport demande une heure.
Partager les coûts demande un traité.
Publié lundi, le rapport cite neuf villes.
Mis à jour en mai, le plan coûte 3 millions.
Une version précédente du moteur brûlait plus.
Les cookies sont gardés 30 jours.
Tous droits payés, il reste 3 millions.
Abonnés et lecteurs paient 4 euros par semaine.
« Abonnez-vous à notre newsletter », a dit le curé.
Avec Roy, le parti a perdu neuf sièges.
""",
    "es": """
El boletín de la ciudad tiene 40.000 lectores.
Los comentarios sobre el plan se esperan el lunes.
Comentarios del alcalde molestaron al consejo.
Por Ana López votaron 400 personas.
Por fin Llano Verde tiene agua.
Publicidad y prensa perdieron 3 millones.
La publicidad dejó 3 millones de euros.
Fotos y vídeos estaban prohibidos en la sala.
Siga el dinero, dijo el fiscal.
Leer más de la mitad del informe cambia las cifras.
Compartir los costes exige un tratado.
Publicado el lunes, el informe cita nueve ciudades.
Actualizado en mayo, el plan cuesta 3 millones.
Una versión anterior del motor gastaba más.
Las cookies se guardan 30 días.
Todos los derechos sobre la tierra pasan al condado.
Suscriptores y lectores pagan 4 euros por semana.
«Suscríbase a nuestro boletín», dijo el cura.
Con información falsa se pierde la confianza.
Corrección y paciencia pidió el juez.
""",
}
HEADINGS = {
    "en": "Call to action: Join us|Comments|Leave a reply|Related articles|About the author|Newsletter|Tags|"
    "You may also like|Share this story|More from Harbour Wire|Most read|Corrections|Read next",
    "de": "Kommentare|Ähnliche Artikel|Mehr zum Thema|Über den Autor|Newsletter|Das könnte Sie auch interessieren|"
    "Artikel teilen|Anzeige|Schlagwörter|Lesen Sie auch|Meistgelesen",
    "fr": "Commentaires|Articles similaires|À lire aussi|Sur le même sujet|À propos de l’auteur|Newsletter|"
    "Partager cet article|Publicité|Mots-clés|Les plus lus",
    "es": "Comentarios|Artículos relacionados|Lea también|Sobre el autor|Newsletter|Boletín|Compartir|"
    "Publicidad|Etiquetas|Lo más leído|Te puede interesar",
}
SECTIONS = {
    "en": "Looking ahead|Share prices fall|Comments of the county|Related companies|Newsletters lose readers|"
    "Corrections officers strike|Joining the grid|More power|Tags on cards|",
    "de": "Ausblick|Kommentare des Kreises|Mehr zum Preis|Newsletter verlieren Leser|Folgen|Anzeige gegen den Fahrer|",
    "fr": "Et après|Commentaires du maire|Les newsletters perdent des lecteurs|Publicité et presse|Lire à l’école|",
    "es": "Qué viene|Comentarios del alcalde|Los boletines pierden lectores|Publicidad y prensa|Compartir costes|",
}


def each(table: dict[str, str], mark: str = "\n") -> list[tuple[str, str]]:
    return [(lang, said) for lang, told in table.items() for said in told.strip("\n").split(mark)]


@pytest.mark.parametrize(("lang", "said"), each(PROMPTS))
def test_what_is_no_news(lang: str, said: str):
    assert is_boilerplate(Sentence("s1", said, 1), lang)


@pytest.mark.parametrize(("lang", "said"), each(NEWS))
def test_what_is_news(lang: str, said: str):
    assert not is_boilerplate(Sentence("s1", said, 1), lang)


@pytest.mark.parametrize(("lang", "heading"), each(HEADINGS, "|"))
def test_sections_that_are_no_news(lang: str, heading: str):
    assert is_boilerplate(Sentence("s1", "5 Euro.", 1, heading), lang)


@pytest.mark.parametrize(("lang", "heading"), each(SECTIONS, "|"))
def test_sections_of_news(lang: str, heading: str):
    assert not is_boilerplate(Sentence("s1", "5 Euro.", 1, heading), lang)


def test_a_title_is_never_left_out():
    assert boilerplate([Sentence("s0", "Subscribe to our newsletter", 0, kind="title")]) == ()


@pytest.mark.parametrize("kind", ["caption", "link"])
def test_captions_and_links_are_left_out(kind: str):
    assert is_boilerplate(Sentence("s1", "The plant at dawn.", 1, kind=kind))  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ["***", "•", "© 2026", "https://news.example/", "@switchyard"])
def test_signs_alone_are_left_out_in_any_language(said: str):
    assert is_boilerplate(Sentence("s1", said, 1), "xx")


@pytest.mark.parametrize("said", ["Read more", "Newsletter", "Kommentare"])
def test_nothing_is_guessed_of_an_unknown_language(said: str):
    assert not is_boilerplate(Sentence("s1", said, 1, said), "xx")
