-- Predicado común: los diálogos que pasan los filtros de la pantalla que son de diálogo.
-- El lector lo pone delante de cada consulta que lee de `elegidos`.
-- Cada parámetro es una lista, o null si por él no se filtra; `solo_reales` es true o
-- null.
with elegidos as (
    select d.*
    from dialogos as d
    where
        (:dialogo is null or array_contains(:dialogo, d.dialogo_id))
        and (:region is null or array_contains(:region, d.region_id))
        and (:anio is null or array_contains(:anio, d.anio))
        and (:solo_reales is null or not d.es_ficticio)
)
