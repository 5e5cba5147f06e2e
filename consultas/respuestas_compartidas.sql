-- ¿Qué otros enunciados comparten la respuesta de este? Una fila por cada uno, también
-- los que los filtros dejan fuera y los que ya no rigen.
select
    o.enunciado_id,
    concat(t.numero, '. ', t.nombre) as tema,
    n.texto
from respuestas_enunciados as e
inner join respuestas_enunciados as o on e.respuesta_id = o.respuesta_id
inner join enunciados as n on o.enunciado_id = n.enunciado_id
inner join temas_dialogo as t on n.tema_dialogo_id = t.tema_dialogo_id
where e.enunciado_id = :enunciado and o.enunciado_id <> :enunciado
order by t.numero, o.enunciado_id
