-- ¿Qué pusieron, a la vez, quienes leyeron lo mismo? Una fila por juego de lecturas,
-- sin las que adjudican, con los enunciados que lo tienen. Una lectura es «quién
-- naturaleza tipo recurso», con «-» donde no puso, y los instrumentos que puso.
with leidas as (
    select
        l.enunciado_id,
        l.codificador_id,
        concat_ws(
            ' ',
            coalesce(max(case when c.faceta = 'naturaleza' then c.codigo end), '-'),
            coalesce(max(case when c.faceta = 'tipo' then c.codigo end), '-'),
            coalesce(max(case when c.faceta = 'recurso' then c.codigo end), '-')
        ) as codigos
    from lecturas as l
    inner join codificaciones as c
        on
            l.enunciado_id = c.enunciado_id
            and l.libro_id = c.libro_id
            and l.codificador_id = c.codificador_id
    inner join enunciados as e on l.enunciado_id = e.enunciado_id
    inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
    inner join elegidos as d on td.dialogo_id = d.dialogo_id
    left join retirados as r on l.enunciado_id = r.enunciado_id
    where
        l.libro_id = :libro
        and l.codificador_id in (
            select q.codificador_id
            from codificadores as q
            where q.clase = :clase
        )
        and not l.es_adjudicacion
        and r.enunciado_id is null
        and (:tema is null or array_contains(:tema, td.tema_id))
    group by l.enunciado_id, l.codificador_id
),

completas as (
    select
        l.enunciado_id,
        concat_ws(
            ' ',
            l.codificador_id,
            l.codigos,
            array_sort(array_agg(i.instrumento_id))
        ) as lectura
    from leidas as l
    left join enunciados_instrumentos as i
        on l.enunciado_id = i.enunciado_id and l.codificador_id = i.codificador_id
    group by l.enunciado_id, l.codificador_id, l.codigos
),

juegos as (
    select
        enunciado_id,
        array_sort(array_agg(lectura)) as juego
    from completas
    group by enunciado_id
)

select
    juego,
    count(*) as enunciados
from juegos
group by juego
order by juego
