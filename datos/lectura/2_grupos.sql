-- Qué grupos estaban convocados a la mesa o al tema de cada enunciado.
-- Convocados, no presentes ni autores: un enunciado puede figurar en varios grupos.
create or replace table lectura_grupos as
select distinct
    e.enunciado_id,
    g.grupo_id,
    g.nombre as grupo,
    strip_accents(lower(g.nombre)) as grupo_orden
from enunciados as e
inner join mesas_grupos as mg using (tema_dialogo_id)
inner join grupos as g using (grupo_id)
where mg.mesa_id is null or e.mesa_id is null or mg.mesa_id = e.mesa_id
order by e.enunciado_id, g.grupo_id;
