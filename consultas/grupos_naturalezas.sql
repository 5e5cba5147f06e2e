-- ¿Qué se dijo en las mesas a que se convocó a cada grupo? Una fila por grupo y
-- naturaleza. Un enunciado cuenta en cada grupo convocado a su tema: no se suman.
with por_convocatoria as (
    select
        convocatoria,
        naturaleza,
        naturaleza_nombre,
        naturaleza_orden,
        sum(enunciados) as enunciados
    from recuento
    group by convocatoria, naturaleza, naturaleza_nombre, naturaleza_orden
)

select
    g.grupo_id,
    g.grupo,
    c.naturaleza,
    c.naturaleza_nombre,
    sum(c.enunciados) as enunciados,
    sum(sum(c.enunciados)) over (partition by g.grupo_id) as del_grupo
from por_convocatoria as c
inner join lectura_grupos as g on c.convocatoria = g.convocatoria
group by
    g.grupo_id, g.grupo, g.grupo_orden, c.naturaleza, c.naturaleza_nombre,
    c.naturaleza_orden
order by del_grupo desc, g.grupo_orden, g.grupo_id, c.naturaleza_orden, c.naturaleza
