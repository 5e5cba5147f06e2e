-- El diccionario de datos: los comentarios del propio esquema, en orden de creación.
-- Las tablas lectura_* se derivan de las demás y no entran.
create or replace table lectura_diccionario as
select
    dense_rank() over (order by t.table_oid) as tabla_orden,
    t.table_name as tabla,
    t.comment as tabla_descripcion,
    c.column_index as columna_orden,
    c.column_name as columna,
    lower(c.data_type) as tipo,
    not c.is_nullable as obligatoria,
    c.comment as descripcion
from duckdb_tables() as t
inner join duckdb_columns() as c using (database_name, schema_name, table_name)
where
    t.database_name = current_database()
    and t.schema_name = 'main'
    and not starts_with(t.table_name, 'lectura_')
order by t.table_oid, c.column_index;
