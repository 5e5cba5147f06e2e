-- ¿De qué tipo es lo dicho donde se convocó a cada grupo? Una fila por grupo y tipo.
-- Convocado no es autor: un enunciado cuenta en cada grupo convocado a su tema.
select
    g.grupo_id,
    g.grupo,
    g.grupo_orden,
    s.tipo,
    s.tipo_nombre,
    count(*) as enunciados
from seleccion as s
inner join lectura_grupos as g on s.enunciado_id = g.enunciado_id
group by g.grupo_id, g.grupo, g.grupo_orden, s.tipo, s.tipo_nombre, s.tipo_orden
order by s.tipo_orden, s.tipo, g.grupo_orden, g.grupo_id
