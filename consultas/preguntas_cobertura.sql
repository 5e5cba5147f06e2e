-- ¿Qué bloques de preguntas tienen algún enunciado que los responda? Una fila por
-- bloque de los diálogos y temas filtrados; cero es «sin registro» en las conclusiones.
select
    d.nombre as dialogo,
    td.tema_id,
    concat(td.tema_id, '. ', td.nombre) as tema,
    q.pregunta_id,
    q.orden,
    q.texto as pregunta,
    q.clave is not null as es_comun,
    q.interrogantes,
    count(e.enunciado_id) as enunciados,
    case when count(e.enunciado_id) = 0 then 'sin registro' else 'con registro' end
        as registro
from preguntas as q
inner join temas_dialogo as td on q.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
inner join regiones as r on d.region_id = r.region_id
left join enunciados as e on q.pregunta_id = e.pregunta_id
where
    (:tema is null or array_contains(:tema, td.tema_id))
    and (
        :pregunta is null
        or array_contains(:pregunta, coalesce(q.clave, q.pregunta_id))
    )
group by
    d.dialogo_id, d.nombre, d.anio, r.orden, td.tema_id, td.nombre, td.numero,
    q.pregunta_id, q.orden, q.texto, q.clave, q.interrogantes
order by r.orden, d.anio nulls last, d.dialogo_id, td.numero, q.orden
