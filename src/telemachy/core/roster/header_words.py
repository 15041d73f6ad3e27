"""What people call the columns of a roster, in English, German, French and Spanish."""

from __future__ import annotations

from telemachy.core.roster.fields import Field

#: Whole headers, parted by commas; compared without case, accents and punctuation.
SYNONYMS: dict[Field, str] = {
    Field.EXTERNAL_ID: (
        "external id, id, employee id, employee number, employee no, emp id, staff id, staff number, "
        "personnel number, person id, user id, userid, worker id, workday id, hr id, payroll number, badge "
        "number, matriculation number, student id, uid, personalnummer, personalnr, pers nr, "
        "mitarbeiternummer, mitarbeiter id, kennung, matrikelnummer, stammnummer, matricule, numero "
        "employe, identifiant, id employe, numero de empleado, id de empleado, legajo, numero de personal, "
        "id empleado"
    ),
    Field.EMAIL: (
        "email, e mail, mail, email address, e mail address, work email, business email, company email, "
        "mail address, your email, contact email, username, mailadresse, emailadresse, e mail adresse, "
        "dienstliche e mail, geschaftliche e mail, courriel, adresse mail, adresse e mail, adresse email, "
        "adresse electronique, mail professionnel, email professionnel, correo, correo electronico, "
        "direccion de correo, direccion de correo electronico, email corporativo"
    ),
    Field.NAME: (
        "name, full name, your name, display name, person, participant, participant name, employee name, "
        "employee, candidate, first and last name, first name and last name, name and surname, mentor name, "
        "mentee name, learner name, name of mentor, name of mentee, vollstandiger name, vor und nachname, "
        "vorname nachname, vorname und nachname, name vorname, teilnehmer, mitarbeiter, ihr name, nom "
        "complet, nom et prenom, prenom et nom, nom prenom, votre nom, nombre completo, nombre y apellido, "
        "nombre y apellidos, su nombre"
    ),
    Field.FIRST_NAME: (
        "first name, firstname, given name, forename, preferred name, preferred first name, vorname, "
        "rufname, prenom, nombre, nombres, primer nombre, nombre de pila"
    ),
    Field.LAST_NAME: (
        "last name, lastname, surname, family name, nachname, familienname, zuname, nom, nom de famille, "
        "apellido, apellidos, apellidos paterno"
    ),
    Field.ROLE: (
        "role, programme role, program role, role in programme, role in program, role in the programme, "
        "mentor or mentee, mentor mentee, mentor learner, mentor or learner, type, participant type, "
        "participating as, i want to be, i would like to join as, seat, rolle, rolle im programm, teilnahme "
        "als, mentor oder mentee, ich mochte teilnehmen als, role dans le programme, type de participant, "
        "mentor ou mentore, participation, rol, rol en el programa, papel, tipo, tipo de participante, "
        "mentor o aprendiz"
    ),
    Field.JOB_TITLE: (
        "job title, title, job, position, current position, current role, job role, occupation, "
        "designation, job position, stelle, stellenbezeichnung, berufsbezeichnung, jobtitel, tatigkeit, "
        "aktuelle position, funktionsbezeichnung, poste, intitule du poste, titre, titre du poste, emploi, "
        "metier, fonction actuelle, puesto, cargo, puesto de trabajo, titulo, ocupacion, puesto actual"
    ),
    Field.FUNCTION: (
        "function, department, dept, division, business unit, bu, team, org unit, organisational unit, "
        "organizational unit, area, business area, faculty, school, cost centre, practice, abteilung, "
        "bereich, fachbereich, funktion, geschaftsbereich, referat, organisationseinheit, fakultat, "
        "departement, service, direction, equipe, fonction, unite, pole, domaine, departamento, area de "
        "trabajo, equipo, unidad, funcion, direccion, facultad"
    ),
    Field.SENIORITY: (
        "seniority, seniority level, level, career level, job level, grade, job grade, band, experience "
        "level, management level, rank, karrierestufe, stufe, level stufe, erfahrungsstufe, "
        "hierarchieebene, hierarchiestufe, senioritat, laufbahnstufe, niveau, anciennete, echelon, niveau "
        "hierarchique, niveau d experience, seniorite, nivel, antiguedad, nivel jerarquico, nivel de "
        "experiencia, categoria"
    ),
    Field.LINE_MANAGER: (
        "line manager, manager, supervisor, reports to, reporting to, boss, manager email, line manager "
        "email, manager s email, manager s e mail, line manager s email, line manager s e mail, manager s "
        "name, manager e mail, manager id, manager name, direct manager, people manager, reporting manager, "
        "supervisor email, vorgesetzter, vorgesetzte, fuhrungskraft, disziplinarischer vorgesetzter, chef, "
        "leiter, "
        "teamleiter, vorgesetzte r, e mail der fuhrungskraft, manager direct, superieur, superieur "
        "hierarchique, responsable, responsable hierarchique, n 1, jefe, jefe directo, superior, supervisor "
        "directo, gerente, jefa, responsable directo"
    ),
    Field.PREFERRED: (
        "preferred, preferred people, preferred person, preferred mentor, preferred mentors, preferred "
        "mentee, preferred mentees, preferred learner, preferred learners, preferred partner, preferred "
        "coach, preferences, wishes, wish, wanted, would like, whom they would like, requested mentor, "
        "wunsch, wunsche, wunschmentor, wunschmentorin, wunschmentoren, wunschmentee, wunschpartner, mentor "
        "souhaite, souhaits, preference, preferences de binome, mentor preferido, preferencias, deseos"
    ),
    Field.AVOIDED: (
        "avoid, avoided, not with, rather not, would rather not, whom they would rather not, excluded, "
        "exclusions, exclude, conflicts, conflict of interest, do not match, do not match with, nicht mit, "
        "lieber nicht, ausschluss, ausgeschlossen, a eviter, pas avec, exclus, evitar, no con, excluidos"
    ),
    Field.TIME_ZONE: (
        "time zone, timezone, tz, zone, utc offset, your time zone, zeitzone, zeit zone, fuseau horaire, "
        "fuseau, zona horaria, huso horario"
    ),
    Field.LANGUAGES: (
        "languages, language, spoken languages, languages spoken, working languages, language skills, "
        "preferred language, which languages do you speak, sprachen, sprache, gesprochene sprachen, "
        "sprachkenntnisse, arbeitssprache, langues, langue, langues parlees, langue de travail, idiomas, "
        "idioma, lenguas, lengua, idiomas hablados"
    ),
    Field.LOCATION: (
        "location, city, office, site, country, office location, work location, place, based in, where are "
        "you based, region, campus, ort, standort, stadt, buro, land, dienstort, arbeitsort, wohnort, lieu, "
        "ville, site de travail, bureau, pays, localisation, ubicacion, ciudad, oficina, pais, sede, lugar"
    ),
    Field.SKILLS_OFFERED: (
        "skills offered, skills, offers, can offer, strengths, expertise, areas of expertise, can mentor "
        "in, can help with, skills to share, skills i can share, competencies offered, competencies, "
        "mentoring topics, topics offered, skills you can offer, kompetenzen, fahigkeiten, starken, bietet, "
        "kenntnisse, kann, kann ich, bringt mit, fachgebiete, angebotene kompetenzen, angebotene themen, "
        "expertise gebiete, kann weitergeben, competences, competences offertes, expertises, points forts, "
        "domaines d expertise, competences proposees, habilidades, competencias, fortalezas, habilidades "
        "ofrecidas, competencias ofrecidas, areas de experiencia, ofrece"
    ),
    Field.SKILLS_SOUGHT: (
        "skills sought, seeks, skills wanted, skills to develop, wants to learn, development areas, areas "
        "for development, development needs, learning needs, skills needed, areas of interest, interests, "
        "topics of interest, topics sought, looking for, wants help with, desired skills, learning areas, "
        "learning interests, sucht, gesuchte kompetenzen, lernfelder, entwicklungsfelder, "
        "entwicklungsbedarf, lernbedarf, lernt, will lernen, themenwunsche, interessen, gewunschte "
        "themen, mochte lernen, "
        "competences recherchees, competences a developper, besoins, domaines a developper, axes de "
        "developpement, centres d interet, recherche, habilidades buscadas, competencias a desarrollar, "
        "areas de desarrollo, intereses, busca, habilidades a desarrollar"
    ),
    Field.GOALS: (
        "goals, goal, objectives, objective, aims, career goals, development goals, expectations, learning "
        "goals, my goals, ziele, ziel, entwicklungsziele, lernziele, erwartungen, objectifs, objectif, "
        "attentes, objetivos, objetivo, metas, meta, expectativas"
    ),
    Field.STYLE: (
        "style, mentoring style, coaching style, working style, communication style, learning style, "
        "personality, stil, arbeitsstil, kommunikationsstil, mentoringstil, lernstil, style de mentorat, "
        "style de travail, style d apprentissage, estilo, estilo de mentoria, estilo de trabajo, estilo de "
        "aprendizaje"
    ),
    Field.WORKING_HOURS: (
        "working hours, work hours, hours, office hours, availability, available hours, available times, "
        "schedule, stunden, arbeitsstunden, arbeitszeit, arbeitszeiten, verfugbarkeit, erreichbarkeit, "
        "dienstzeiten, horaires, horaires de travail, disponibilite, disponibilites, heures de travail, "
        "horario, horario laboral, horario de trabajo, disponibilidad"
    ),
    Field.CAPACITY: (
        "capacity, max mentees, maximum mentees, number of mentees, how many mentees, max pairs, max "
        "learners, slots, places, max number of mentees, mentee capacity, kapazitat, anzahl mentees, max "
        "anzahl mentees, platze, wie viele mentees, capacite, nombre de mentores, nombre max de mentores, "
        "places disponibles, capacidad, numero de mentorados, cupos, plazas, numero de aprendices"
    ),
    Field.GROUP: (
        "group, cohort, batch, wave, circle, pool, programme group, class, gruppe, kohorte, jahrgang, "
        "durchgang, groupe, cohorte, promotion, vague, cercle, grupo, cohorte de programa, generacion, "
        "promocion"
    ),
    Field.ABOUT: (
        "about, about me, about you, bio, biography, profile, description, background, introduction, "
        "comments, notes, summary, anything else, motivation, tell us about yourself, experience, uber "
        "mich, profil, beschreibung, vorstellung, werdegang, bemerkungen, kommentar, anmerkungen, "
        "steckbrief, a propos, presentation, parcours, biographie, commentaires, remarques, sobre mi, "
        "acerca de, biografia, perfil, descripcion, presentacion, comentarios, experiencia, trayectoria"
    ),
    Field.IGNORE: (
        "timestamp, zeitstempel, horodateur, marca temporal, marca de tiempo, submitted at, start time, "
        "completion time, last modified time, startzeit, fertigstellungszeit, score, punkte, consent, "
        "phone, phone number, telephone, telefon, mobile, mobil, handy, telefono, gender, geschlecht, "
        "genre, genero, date of birth, geburtsdatum, no, nr, row, salutation, anrede, titel, status, start "
        "date, hire date, eintrittsdatum, linkedin, linkedin url, website, photo"
    ),
}

#: Words inside a question or long header, without accents. Tried in this order; every group must match.
QUESTIONS: tuple[tuple[Field, tuple[str, ...]], ...] = (
    (Field.IGNORE, (r"agree|consent|privacy|gdpr|datenschutz|einwillig|consentement|rgpd|acepto|privacidad"
                    r"|how did you hear",)),
    (Field.LINE_MANAGER, (r"line manager|your manager|report to|vorgesetz|fuhrungskraft|superieur"
                          r"|responsable hierarch|jefe",)),
    (Field.CAPACITY, (r"how many|number of|maximum|wie viele|anzahl|combien|nombre de|cuant[oa]s|numero de",
                      r"mentee|learner|people|person|pair|coachee|lernend|mentor|accompagn|aprendi")),
    (Field.TIME_ZONE, (r"time ?zone|zeitzone|fuseau|zona horaria|huso",)),
    (Field.LANGUAGES, (r"\blanguages?\b|\bsprachen?\b|\blangues?\b|\bidiomas?\b",)),
    (Field.SKILLS_SOUGHT, (r"develop|learn|improv|grow|seek|looking for|need help|gain|build|entwickeln"
                           r"|lernen|verbessern|suchst|suchen|ausbauen"
                           r"|developper|apprendre|ameliorer|recherche|desarrollar|aprender|mejorar|busca",
                           r"skill|topic|area|competenc|fahigkeit|kompetenz|them|bereich|competence"
                           r"|domaine|sujet|habilidad|tema|ambito|what would you like to")),
    (Field.SKILLS_OFFERED, (r"offer|share|teach|expert|strong|strength|help others|mentor in|support"
                            r"|pass on|bieten|weitergeben|starke|unterstutzen"
                            r"|offrir|partager|transmettre|proposer|ofrec|compartir|ensenar|aportar",
                            r"skill|topic|area|competenc|fahigkeit|kompetenz|them|bereich|competence"
                            r"|domaine|sujet|habilidad|tema|ambito|expert|what|which|was|que")),
    (Field.GOALS, (r"\bgoals?\b|objective|achieve|hope to|get out of|expect|\bziele?\b|erreichen|erwart"
                   r"|objectif|atteindre|attentes|objetivo|lograr|conseguir|espera",)),
    (Field.WORKING_HOURS, (r"working hours|when are you available|availab|what hours|arbeitszeit|verfugbar"
                           r"|erreichbar|horaire|disponib|horario",)),
    (Field.ROLE, (r"mentor",
                  r"mentee|learner|mentore|mentorado|aprendiz|lernend|both|role|join as|take part|sign up"
                  r"|participat|teilnehmen|rolle|rol\b|papel")),
    (Field.ROLE, (r"\brole\b|\brolle\b|\brol\b", r"program")),
    (Field.STYLE, (r"\bstyle\b|\bstil\b|\bestilo\b",)),
    (Field.SENIORITY, (r"seniority|career level|job level|years of experience|karrierestufe|hierarchie"
                       r"|niveau hierarch|nivel jerarq",)),
    (Field.JOB_TITLE, (r"job title|your (?:current )?(?:job|position|role)|stellenbezeichnung|intitule"
                       r"|puesto|cargo",)),
    (Field.FUNCTION, (r"department|division|business unit|which team|what team|abteilung|fachbereich"
                      r"|departement|service|departamento|area trabaj",)),
    (Field.LOCATION, (r"where (?:are|do) you|based|location|which office|what city|standort|wo arbeit"
                      r"|ville|ou travaill|ciudad|donde",)),
    (Field.EXTERNAL_ID, (r"employee (?:id|number|no)|staff (?:id|number)|personnel n|personalnummer"
                         r"|matricule|numero de empleado",)),
    (Field.EMAIL, (r"\be ?mail\b|mail ?adress|courriel|correo",)),
    (Field.FIRST_NAME, (r"first name|given name|vorname|prenom|nombre de pila",)),
    (Field.LAST_NAME, (r"last name|surname|family name|nachname|nom de famille|apellido",)),
    (Field.NAME, (r"\bfull name\b|\byour name\b|\bname\b|nom complet|nombre completo",)),
    (Field.GROUP, (r"\bcohort\b|\bgroup\b|kohorte|cohorte",)),
    (Field.ABOUT, (r"about you|yourself|introduce|background|biograph|anything else|uber (?:dich|sich)"
                   r"|erzahl|parlez|presentez|cuentanos|sobre (?:ti|usted)",)),
)  # fmt: skip
