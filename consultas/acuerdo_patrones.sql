-- ¿Qué pusieron, a la vez, quienes leyeron lo mismo? Una fila por faceta y juego de
-- lecturas, con los enunciados que lo tienen: cada lectura es «quién qué», sin las que
-- adjudican. Los instrumentos de una van juntos, y pueden ser ninguno.
with leidas as (
    select
        l.enunciado_id,
        l.codificador_id
    from lecturas as l
    inner join codificadores as q on l.codificador_id = q.codificador_id
    inner join enunciados as e on l.enunciado_id = e.enunciado_id
    inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
    inner join elegidos as d on td.dialogo_id = d.dialogo_id
    left join retirados as r on l.enunciado_id = r.enunciado_id
    where
        q.clase = :clase
        and l.libro_id = :libro
        and not l.es_adjudicacion
        and r.enunciado_id is null
        and (:tema is null or array_contains(:tema, td.tema_id))
),

puestos as (
    select
        l.enunciado_id,
        l.codificador_id,
        c.faceta,
        c.codigo as valor
    from leidas as l
    inner join codificaciones as c
        on l.enunciado_id = c.enunciado_id and l.codificador_id = c.codificador_id
    where c.libro_id = :libro
    union all
    select
        l.enunciado_id,
        l.codificador_id,
        'instrumento' as faceta,
        concat_ws(' ', array_sort(array_agg(i.instrumento_id))) as valor
    from leidas as l
    left join enunciados_instrumentos as i
        on l.enunciado_id = i.enunciado_id and l.codificador_id = i.codificador_id
    group by l.enunciado_id, l.codificador_id
),

juegos as (
    select
        enunciado_id,
        faceta,
        array_sort(array_agg(concat(codificador_id, ' ', valor))) as juego
    from puestos
    group by enunciado_id, faceta
)

select
    faceta,
    juego,
    count(*) as enunciados
from juegos
group by faceta, juego
order by faceta, juego
