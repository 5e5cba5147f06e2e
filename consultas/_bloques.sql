-- Los bloques de preguntas de los diálogos elegidos, con cuántos enunciados responden a
-- cada uno. Cuenta todo lo que responde, pase o no los demás filtros; `registrados`,
-- también lo que espera código; `sueltos`, lo de su tema que espera pregunta.
-- El lector lo pone delante de quien lea de `bloques`.
with bloques as (
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
        r.orden as region_orden,
        coalesce(e.codificados, 0) as enunciados,
        coalesce(e.registrados, 0) as registrados,
        coalesce(s.sueltos, 0) as sueltos
    from preguntas as q
    inner join temas_dialogo as td on q.tema_dialogo_id = td.tema_dialogo_id
    inner join temas as t on td.tema_id = t.tema_id
    inner join elegidos as d on td.dialogo_id = d.dialogo_id
    inner join regiones as r on d.region_id = r.region_id
    left join (
        select
            n.pregunta_id,
            count(*) as registrados,
            count(c.enunciado_id) as codificados
        from enunciados as n
        left join lectura_enunciados as c on n.enunciado_id = c.enunciado_id
        where n.enunciado_id not in (select r.enunciado_id from retirados as r)
        group by n.pregunta_id
    ) as e on q.pregunta_id = e.pregunta_id
    left join (
        select
            n.tema_dialogo_id,
            count(*) as sueltos
        from sin_pregunta as p
        inner join enunciados as n on p.enunciado_id = n.enunciado_id
        group by n.tema_dialogo_id
    ) as s on q.tema_dialogo_id = s.tema_dialogo_id
    where
        (:tema is null or array_contains(:tema, td.tema_id))
        and (
            :pregunta is null
            or array_contains(:pregunta, coalesce(q.clave, q.pregunta_id))
        )
)
