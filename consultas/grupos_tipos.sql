-- ¿De qué tipo es lo dicho donde se convocó a cada grupo? Una fila por grupo y tipo.
-- Convocado no es autor: un enunciado cuenta en cada grupo convocado a su tema.
with por_convocatoria as (
    select
        convocatoria,
        tipo,
        tipo_nombre,
        tipo_orden,
        sum(enunciados) as enunciados
    from recuento
    group by convocatoria, tipo, tipo_nombre, tipo_orden
)

select
    g.grupo_id,
    g.grupo,
    g.grupo_orden,
    c.tipo,
    c.tipo_nombre,
    sum(c.enunciados) as enunciados
from por_convocatoria as c
inner join lectura_grupos as g on c.convocatoria = g.convocatoria
group by g.grupo_id, g.grupo, g.grupo_orden, c.tipo, c.tipo_nombre, c.tipo_orden
order by c.tipo_orden, c.tipo, g.grupo_orden, g.grupo_id
