-- Tabla ancha de los bloques de preguntas, con cuántos enunciados responden a cada uno:
-- `enunciados`, los codificados; `registrados`, también los que esperan código;
-- `sueltos`, los de su tema que esperan pregunta.
create or replace table lectura_preguntas as
with respondidos as (
    select
        n.pregunta_id,
        count(*) as registrados,
        count(c.enunciado_id) as codificados
    from enunciados as n
    left join lectura_enunciados as c on n.enunciado_id = c.enunciado_id
    where n.enunciado_id not in (select r.enunciado_id from retirados as r)
    group by n.pregunta_id
),

sueltos as (
    select
        n.tema_dialogo_id,
        count(*) as enunciados
    from sin_pregunta as p
    inner join enunciados as n on p.enunciado_id = n.enunciado_id
    group by n.tema_dialogo_id
)

select
    q.pregunta_id,
    coalesce(q.clave, q.pregunta_id) as clave,
    q.clave is not null as es_comun,
    q.texto as pregunta,
    q.orden,
    q.interrogantes,
    q.tema_dialogo_id,
    td.numero as tema_numero,
    td.tema_id,
    td.nombre as tema,
    t.nombre as tema_canonico,
    d.dialogo_id,
    d.nombre as dialogo,
    d.anio,
    d.es_ficticio,
    r.region_id,
    r.orden as region_orden,
    coalesce(e.codificados, 0) as enunciados,
    coalesce(e.registrados, 0) as registrados,
    coalesce(s.enunciados, 0) as sueltos
from preguntas as q
inner join temas_dialogo as td using (tema_dialogo_id)
inner join temas as t using (tema_id)
inner join dialogos as d using (dialogo_id)
inner join regiones as r using (region_id)
left join respondidos as e on q.pregunta_id = e.pregunta_id
left join sueltos as s on q.tema_dialogo_id = s.tema_dialogo_id
order by r.orden, d.anio, d.dialogo_id, td.numero, q.orden;
