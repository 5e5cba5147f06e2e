-- Tabla ancha de los bloques de preguntas de `temas_por_derivar`, con cuántos enunciados
-- responden a cada uno: `enunciados`, los codificados; `registrados`, también los que
-- esperan código; `sueltos`, los de su tema que esperan pregunta.
with respondidos as (
    select
        pregunta_id,
        count(*) as enunciados
    from enunciados
    where
        tema_dialogo_id in (select t.tema_dialogo_id from temas_por_derivar as t)
        and enunciado_id not in (select r.enunciado_id from retirados as r)
    group by pregunta_id
),

sueltos as (
    select
        n.tema_dialogo_id,
        count(*) as enunciados
    from sin_pregunta as p
    inner join enunciados as n on p.enunciado_id = n.enunciado_id
    where n.tema_dialogo_id in (select t.tema_dialogo_id from temas_por_derivar as t)
    group by n.tema_dialogo_id
)

select
    q.pregunta_id,
    coalesce(q.clave, q.pregunta_id) as clave,
    q.clave is not null as es_comun,
    q.texto as pregunta,
    q.orden,
    q.interrogantes,
    td.tema_dialogo_id,
    td.numero as tema_numero,
    td.tema_id,
    td.nombre as tema,
    td.tema_canonico,
    td.dialogo_id,
    td.dialogo,
    td.anio,
    td.es_ficticio,
    td.region_id,
    td.region_orden,
    coalesce(u.enunciados, 0) as enunciados,
    coalesce(e.enunciados, 0) as registrados,
    coalesce(s.enunciados, 0) as sueltos
from preguntas as q
inner join lectura_temas as td using (tema_dialogo_id)
left join lectura_usos as u on q.pregunta_id = u.valor and u.columna = 'pregunta_id'
left join respondidos as e on q.pregunta_id = e.pregunta_id
left join sueltos as s on q.tema_dialogo_id = s.tema_dialogo_id
where q.tema_dialogo_id in (select t.tema_dialogo_id from temas_por_derivar as t)
order by td.desde, q.orden
