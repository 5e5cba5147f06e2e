-- ¿Qué se dijo en las mesas a que se convocó a cada grupo? Una fila por grupo y
-- naturaleza. Un enunciado cuenta en cada grupo convocado a su tema: no se suman.
select
    g.grupo_id,
    g.grupo,
    s.naturaleza,
    s.naturaleza_nombre,
    count(*) as enunciados,
    sum(count(*)) over (partition by g.grupo_id) as del_grupo
from seleccion as s
inner join lectura_grupos as g on s.enunciado_id = g.enunciado_id
group by
    g.grupo_id, g.grupo, g.grupo_orden, s.naturaleza, s.naturaleza_nombre,
    s.naturaleza_orden
order by del_grupo desc, g.grupo_orden, g.grupo_id, s.naturaleza_orden, s.naturaleza
