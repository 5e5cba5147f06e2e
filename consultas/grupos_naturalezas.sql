-- ¿Qué se dijo en las mesas a que se convocó a cada grupo? Una fila por grupo y
-- naturaleza. Un enunciado cuenta en cada grupo convocado a su tema: no se suman.
with totales as (
    select
        g.grupo_id,
        count(*) as del_grupo
    from seleccion as s
    inner join lectura_grupos as g on s.enunciado_id = g.enunciado_id
    group by g.grupo_id
)

select
    g.grupo_id,
    g.grupo,
    s.naturaleza,
    s.naturaleza_nombre,
    count(*) as enunciados,
    t.del_grupo
from seleccion as s
inner join lectura_grupos as g on s.enunciado_id = g.enunciado_id
inner join totales as t on g.grupo_id = t.grupo_id
group by
    g.grupo_id, g.grupo, s.naturaleza, s.naturaleza_nombre, s.naturaleza_orden,
    t.del_grupo
order by t.del_grupo desc, g.grupo, g.grupo_id, s.naturaleza_orden, s.naturaleza
