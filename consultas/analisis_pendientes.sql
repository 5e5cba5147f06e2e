-- ¿Qué enunciados de la selección esperan código? Una fila por cada uno que rige y pasa
-- los filtros que no son de código; con uno de tipo, naturaleza o instrumento no se
-- sabe si pasarían y no entra ninguno. La búsqueda la aplica quien pregunta.
with pendientes as (
    select
        e.*,
        td.numero as tema_numero,
        td.nombre as tema,
        td.tema_id,
        d.dialogo_id,
        d.nombre as dialogo,
        d.es_ficticio,
        d.anio,
        d.region_id,
        case e.nivel_atribucion
            when 'mesa' then m.letra
            when 'tema' then 'conjunto'
            else 'plenario'
        end as mesa,
        q.texto as pregunta,
        coalesce(q.clave, q.pregunta_id) as pregunta_clave
    from enunciados as e
    inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
    inner join elegidos as d on td.dialogo_id = d.dialogo_id
    left join mesas as m on e.mesa_id = m.mesa_id
    left join preguntas as q on e.pregunta_id = q.pregunta_id
    left join lectura_enunciados as n on e.enunciado_id = n.enunciado_id
    left join retirados as x on e.enunciado_id = x.enunciado_id
    where
        n.enunciado_id is null
        and x.enunciado_id is null
        and :tipo is null
        and :naturaleza is null
        and :instrumento is null
),

filtrados as (
    select p.*
    from pendientes as p
    where
        (:tema is null or array_contains(:tema, p.tema_id))
        and (:pregunta is null or array_contains(:pregunta, p.pregunta_clave))
        and (:mesa is null or array_contains(:mesa, p.mesa))
        and (
            :grupo is null
            or exists (
                select g.grupo_id
                from mesas_grupos as g
                where
                    g.tema_dialogo_id = p.tema_dialogo_id
                    and coalesce(g.mesa_id, p.mesa_id, '')
                    = coalesce(p.mesa_id, g.mesa_id, '')
                    and array_contains(:grupo, g.grupo_id)
            )
        )
)

select
    f.enunciado_id,
    f.dialogo_id,
    f.dialogo,
    f.es_ficticio,
    f.region_id,
    r.nombre as region,
    f.anio,
    f.tema_dialogo_id,
    f.tema_id,
    f.tema_numero,
    f.tema,
    f.mesa_id,
    f.mesa,
    f.nivel_atribucion,
    f.pregunta_id,
    f.pregunta,
    f.texto,
    f.certeza,
    f.reitera_a
from filtrados as f
inner join regiones as r on f.region_id = r.region_id
order by
    r.orden, f.anio nulls last, f.dialogo_id, f.tema_numero, f.orden, f.enunciado_id
