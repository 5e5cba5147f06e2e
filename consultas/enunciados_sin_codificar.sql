-- ¿Cuántos enunciados cargados nadie codificó todavía? Una fila por diálogo filtrado
-- que los tenga. No se cuentan en ninguna otra parte. Son los que rigen menos los que
-- se leen: restar cuesta la décima parte que buscar cuáles faltan.
with que_rigen as (
    select
        td.dialogo_id,
        sum(t.enunciados) as enunciados
    from (
        select
            tema_dialogo_id,
            count(*) as enunciados
        from enunciados
        group by tema_dialogo_id
        union all
        select
            e.tema_dialogo_id,
            -count(*) as enunciados
        from retirados as r
        inner join enunciados as e on r.enunciado_id = e.enunciado_id
        group by e.tema_dialogo_id
    ) as t
    inner join temas_dialogo as td on t.tema_dialogo_id = td.tema_dialogo_id
    group by td.dialogo_id
),

leidos as (
    select
        dialogo_id,
        count(*) as enunciados
    from lectura_enunciados
    group by dialogo_id
)

select
    d.dialogo_id,
    d.nombre as dialogo,
    r.enunciados - coalesce(l.enunciados, 0) as enunciados
from que_rigen as r
inner join elegidos as d on r.dialogo_id = d.dialogo_id
left join leidos as l on r.dialogo_id = l.dialogo_id
where r.enunciados > coalesce(l.enunciados, 0)
order by d.nombre, d.dialogo_id
