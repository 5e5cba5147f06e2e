-- ¿A qué temas se convocó a cada grupo y con quién lo compartió? Una fila por grupo y
-- tema. `se_confunden` dice que grupo y tema se confunden en la selección.
with convocatorias as (
    select distinct
        tema_dialogo_id,
        dialogo,
        tema_id,
        tema,
        convocatoria
    from recuento
),

presentes as (
    select distinct
        c.tema_dialogo_id,
        c.dialogo,
        c.tema_id,
        c.tema,
        g.grupo_id,
        g.grupo,
        g.grupo_orden
    from convocatorias as c
    inner join lectura_grupos as g on c.convocatoria = g.convocatoria
),

por_grupo as (
    select
        grupo_id,
        count(distinct tema_id) as temas
    from presentes
    group by grupo_id
),

por_tema as (
    select
        tema_dialogo_id,
        count(*) as grupos
    from presentes
    group by tema_dialogo_id
)

select
    p.dialogo,
    p.grupo_id,
    p.grupo,
    p.tema_id,
    p.tema,
    x.grupos - 1 as otros_grupos,
    n.temas = 1 as se_confunden
from presentes as p
inner join por_grupo as n on p.grupo_id = n.grupo_id
inner join por_tema as x on p.tema_dialogo_id = x.tema_dialogo_id
order by p.grupo_orden, p.grupo_id, p.tema_id, p.dialogo
