-- ¿A qué temas se convocó a cada grupo y con quién lo compartió? Una fila por grupo y
-- tema. `se_confunden` dice que grupo y tema se confunden en la selección.
with presentes as (
    select distinct
        s.tema_dialogo_id,
        s.dialogo,
        s.tema_id,
        s.tema,
        g.grupo_id,
        g.grupo,
        g.grupo_orden
    from seleccion as s
    inner join lectura_grupos as g on s.enunciado_id = g.enunciado_id
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
        count(distinct grupo_id) as grupos
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
