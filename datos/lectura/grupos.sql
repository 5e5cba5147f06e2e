-- Qué grupos reúne cada convocatoria: una fila por convocatoria y grupo.
-- Convocados, no presentes ni autores. La convocatoria es el conjunto de grupos de la
-- mesa o del tema de un enunciado; pocas se repiten en todos, y por eso se cruza con
-- ella y no con cada enunciado.
with convocatorias as (
    select distinct valor as convocatoria
    from lectura_usos
    where columna = 'convocatoria'
)

select
    c.convocatoria,
    g.grupo_id,
    g.nombre as grupo,
    strip_accents(lower(g.nombre)) as grupo_orden
from convocatorias as c
inner join grupos as g
    on list_contains(string_split(c.convocatoria, chr(31)), g.grupo_id)
order by c.convocatoria, g.grupo_id
