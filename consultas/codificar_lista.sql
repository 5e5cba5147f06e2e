-- ¿Qué enunciados de un tema de un diálogo hay por leer y cuáles leyó ya una persona
-- con una versión del libro? Una fila por enunciado que rige, codificado o no.
-- De los filtros solo mira los de diálogo.
select
    e.enunciado_id,
    e.orden,
    e.texto,
    l.version as version_propia
from enunciados as e
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
left join lecturas as l
    on
        e.enunciado_id = l.enunciado_id
        and l.libro_id = :libro
        and l.codificador_id = :quien
left join retirados as r on e.enunciado_id = r.enunciado_id
where e.tema_dialogo_id = :tema_dialogo and r.enunciado_id is null
order by e.orden, e.enunciado_id
