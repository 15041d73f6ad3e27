"""Large cities and countries with a single time zone, for people who write a place instead of a zone.

Facts from the IANA time zone database and general geography. Cities that give a zone its name (Europe/Berlin)
need no line here; those are known anyway.
"""

from __future__ import annotations

_TABLE = """
Europe/London: birmingham, manchester, leeds, glasgow, edinburgh, liverpool, bristol, sheffield
Europe/London: cardiff, cambridge, oxford, nottingham, leicester, newcastle, southampton, england
Europe/London: scotland, wales, uk, united kingdom, great britain, londres
Europe/Dublin: cork, galway, limerick, ireland
Europe/Berlin: hamburg, munich, münchen, muenchen, cologne, köln, koeln, frankfurt, frankfurt am main
Europe/Berlin: stuttgart, düsseldorf, duesseldorf, leipzig, dortmund, essen, bremen, dresden
Europe/Berlin: hannover, hanover, nuremberg, nürnberg, bonn, karlsruhe, mannheim, münster, aachen
Europe/Berlin: freiburg, heidelberg, wolfsburg, jena, potsdam, walldorf, germany, deutschland
Europe/Berlin: allemagne, alemania, berlín
Europe/Paris: lyon, marseille, toulouse, nice, nantes, strasbourg, bordeaux, lille, rennes, grenoble
Europe/Paris: montpellier, sophia antipolis, france, frankreich, parís
Europe/Madrid: barcelona, valencia, seville, sevilla, zaragoza, málaga, malaga, bilbao, spain
Europe/Madrid: spanien, españa
Europe/Lisbon: porto, braga, lissabon, lisboa, portugal
Europe/Rome: milan, milano, mailand, naples, napoli, turin, torino, bologna, florence, firenze, genoa
Europe/Rome: palermo, venice, venezia, verona, roma, rom, italy, italien, italia
Europe/Vienna: graz, linz, salzburg, innsbruck, wien, austria, österreich
Europe/Zurich: geneva, genève, genf, basel, lausanne, bern, berne, zug, lugano, winterthur, zürich
Europe/Zurich: zuerich, switzerland, schweiz, suisse
Europe/Amsterdam: rotterdam, the hague, den haag, utrecht, eindhoven, groningen, netherlands
Europe/Amsterdam: niederlande
Europe/Brussels: antwerp, antwerpen, ghent, gent, liège, leuven, brüssel, bruxelles, bruselas
Europe/Brussels: belgium, belgien
Europe/Luxembourg: luxemburg
Europe/Copenhagen: aarhus, odense, aalborg, kopenhagen, københavn, denmark, dänemark
Europe/Stockholm: gothenburg, göteborg, malmö, uppsala, linköping, sweden, schweden
Europe/Oslo: bergen, trondheim, stavanger, norway, norwegen
Europe/Helsinki: tampere, espoo, turku, oulu, finland, finnland
Europe/Warsaw: kraków, krakow, cracow, krakau, wrocław, wroclaw, gdańsk, gdansk, poznań, poznan, łódź
Europe/Warsaw: lodz, katowice, warszawa, warschau, poland, polen
Europe/Prague: brno, ostrava, praha, prag, praga, czech republic, czechia, tschechien
Europe/Bratislava: košice, slovakia
Europe/Budapest: debrecen, hungary, ungarn
Europe/Bucharest: cluj, cluj-napoca, iași, iasi, timișoara, timisoara, brasov, bucurești, bukarest
Europe/Bucharest: romania, rumänien
Europe/Sofia: plovdiv, varna, bulgaria
Europe/Athens: thessaloniki, athen, athènes, greece, griechenland
Europe/Belgrade: novi sad, belgrad, serbia
Europe/Zagreb: split, croatia
Europe/Ljubljana: maribor, slovenia
Europe/Kyiv: kiev, lviv, kharkiv, odesa, odessa, dnipro, ukraine
Europe/Moscow: st petersburg, saint petersburg, st. petersburg, moskau
Europe/Istanbul: ankara, izmir, bursa, turkey, türkei, türkiye
Europe/Vilnius: kaunas, lithuania
Europe/Riga: latvia
Europe/Tallinn: tartu, estonia
Africa/Cairo: alexandria, giza, kairo, egypt
Africa/Lagos: abuja, ibadan, kano, port harcourt, nigeria
Africa/Nairobi: mombasa, kenya
Africa/Johannesburg: cape town, kapstadt, durban, pretoria, port elizabeth, south africa, südafrika
Africa/Casablanca: rabat, marrakesh, marrakech, fes, tangier, morocco, marokko
Africa/Accra: kumasi, ghana
Africa/Addis_Ababa: ethiopia
Africa/Algiers: oran, alger
Africa/Tunis: sfax, tunisia
Africa/Kampala: uganda
Africa/Dar_es_Salaam: dodoma, tanzania
Africa/Abidjan: ivory coast
Africa/Dakar: senegal
Africa/Kigali: rwanda
Asia/Dubai: abu dhabi, sharjah, uae, united arab emirates
Asia/Riyadh: jeddah, dammam, saudi arabia
Asia/Qatar: doha
Asia/Jerusalem: tel aviv, tel-aviv, haifa, israel
Asia/Karachi: lahore, islamabad, rawalpindi, faisalabad, pakistan
Asia/Kolkata: mumbai, bombay, delhi, new delhi, bangalore, bengaluru, hyderabad, chennai, madras
Asia/Kolkata: calcutta, pune, ahmedabad, jaipur, noida, gurgaon, gurugram, kochi, lucknow, surat
Asia/Kolkata: nagpur, indore, coimbatore, chandigarh, india, indien, inde
Asia/Dhaka: chittagong, bangladesh
Asia/Colombo: sri lanka
Asia/Kathmandu: nepal, katmandu
Asia/Bangkok: chiang mai, thailand
Asia/Ho_Chi_Minh: hanoi, saigon, ho chi minh city, da nang, vietnam
Asia/Jakarta: bandung, surabaya
Asia/Kuala_Lumpur: penang, johor bahru, malaysia
Asia/Singapore: singapur, singapour
Asia/Manila: quezon city, cebu, makati, taguig, philippines
Asia/Hong_Kong: hongkong, kowloon
Asia/Shanghai: beijing, peking, shenzhen, guangzhou, chengdu, hangzhou, wuhan, nanjing, suzhou
Asia/Shanghai: tianjin, xi'an, xian, dalian, qingdao, china
Asia/Taipei: kaohsiung, taichung, hsinchu, taiwan
Asia/Seoul: busan, incheon, daegu, south korea, korea
Asia/Tokyo: osaka, kyoto, yokohama, nagoya, fukuoka, sapporo, kobe, tokio, japan
Asia/Almaty: astana
Asia/Tashkent: uzbekistan
Asia/Tehran: isfahan, mashhad, teheran, iran
Australia/Sydney: canberra, newcastle nsw, wollongong
Australia/Melbourne: geelong
Australia/Brisbane: gold coast
Pacific/Auckland: wellington, christchurch, hamilton nz, new zealand, neuseeland
America/New_York: new york city, nyc, boston, washington, washington dc, washington d.c.
America/New_York: philadelphia, atlanta, miami, orlando, tampa, charlotte, raleigh, durham
America/New_York: pittsburgh, baltimore, cleveland, cincinnati, jacksonville, nueva york
America/Detroit: ann arbor
America/Toronto: ottawa, montreal, montréal, quebec, québec, mississauga, waterloo, kitchener
America/Chicago: houston, dallas, austin, san antonio, minneapolis, milwaukee, kansas city, st. louis
America/Chicago: saint louis, new orleans, nashville, memphis, oklahoma city, omaha, madison, fort
America/Chicago: worth, des moines
America/Denver: salt lake city, boulder, colorado springs, albuquerque
America/Phoenix: tucson, scottsdale, mesa
America/Los_Angeles: san francisco, seattle, san diego, portland, san jose ca, san josé ca, oakland
America/Los_Angeles: sacramento, las vegas, palo alto, mountain view, cupertino, redmond, berkeley
America/Los_Angeles: silicon valley, irvine
America/Vancouver: victoria bc, burnaby
America/Edmonton: calgary
America/Halifax: moncton
America/Mexico_City: guadalajara, monterrey, puebla, querétaro, ciudad de méxico, cdmx, mexiko-stadt
America/Bogota: medellín, medellin, cali, barranquilla, bogotá, colombia, kolumbien
America/Lima: arequipa, peru, perú
America/Caracas: maracaibo, venezuela
America/Santiago: valparaíso, santiago de chile
America/Argentina/Buenos_Aires: rosario, mendoza, la plata, argentina, argentinien
America/Montevideo: uruguay
America/La_Paz: santa cruz de la sierra, bolivia
America/Asuncion: asunción, paraguay
America/Guayaquil: quito
America/Costa_Rica: san josé costa rica, costa rica
America/Panama: panama city, panamá
America/Guatemala: guatemala city
America/Santo_Domingo: dominican republic
America/Sao_Paulo: são paulo, rio de janeiro, rio, brasília, brasilia, belo horizonte, curitiba, porto
America/Sao_Paulo: alegre, campinas, florianópolis
America/Fortaleza: natal
America/Recife: olinda
Pacific/Honolulu: hawaii
America/Puerto_Rico: san juan
"""

#: Lower-case place -> IANA zone.
PLACES: dict[str, str] = {
    place.strip(): zone
    for zone, _, places in (line.partition(": ") for line in _TABLE.strip().splitlines())
    for place in places.split(",")
}
