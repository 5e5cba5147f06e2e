-- ¿En qué enunciados dos codificadores no pusieron lo mismo en una faceta? Una fila por
-- enunciado; con `de_una` y `de_otra`, solo donde pusieron eso. Por decidir: ninguna
-- persona lo decidió, o alguien lo leyó después. `faltan` los cuenta todos.
with puestos as (
    select
        l.enunciado_id,
        l.codificador_id,
        case
            when :faceta = 'instrumento'
                then concat_ws(' ', array_sort(array_agg(i.instrumento_id)))
            else max(c.codigo)
        end as valor
    from lecturas as l
    left join codificaciones as c
        on
            l.enunciado_id = c.enunciado_id
            and l.libro_id = c.libro_id
            and l.codificador_id = c.codificador_id
            and c.faceta = :faceta
    left join enunciados_instrumentos as i
        on
            l.enunciado_id = i.enunciado_id
            and l.codificador_id = i.codificador_id
            and :faceta = 'instrumento'
    where
        l.libro_id = :libro
        and l.codificador_id in (:una, :otra)
        and not l.es_adjudicacion
    group by l.enunciado_id, l.codificador_id
),

personas as (
    select
        l.enunciado_id,
        max(case when l.es_adjudicacion then l.momento end) as decidido,
        max(case when not l.es_adjudicacion then l.momento end) as leido
    from lecturas as l
    inner join codificadores as q on l.codificador_id = q.codificador_id
    where l.libro_id = :libro and q.clase = 'persona'
    group by l.enunciado_id
),

disputados as (
    select
        e.enunciado_id,
        e.texto,
        a.valor as puso_una,
        b.valor as puso_otra,
        coalesce(p.leido > p.decidido, true) as por_decidir,
        sum(case when p.leido <= p.decidido then 0 else 1 end) over () as faltan,
        row_number() over (
            order by d.nombre, d.dialogo_id, td.numero, e.orden, e.enunciado_id
        ) as lugar
    from puestos as a
    inner join puestos as b on a.enunciado_id = b.enunciado_id
    inner join enunciados as e on a.enunciado_id = e.enunciado_id
    inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
    inner join elegidos as d on td.dialogo_id = d.dialogo_id
    left join personas as p on e.enunciado_id = p.enunciado_id
    left join retirados as r on e.enunciado_id = r.enunciado_id
    where
        a.codificador_id = :una
        and b.codificador_id = :otra
        and a.valor <> b.valor
        and r.enunciado_id is null
        and (:de_una is null or (a.valor = :de_una and b.valor = :de_otra))
        and (:tema is null or array_contains(:tema, td.tema_id))
)

select
    enunciado_id,
    texto,
    puso_una,
    puso_otra,
    por_decidir,
    faltan
from disputados
where lugar > :desde and lugar <= :limite
order by lugar
