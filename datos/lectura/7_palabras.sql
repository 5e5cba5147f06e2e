-- Índice de palabras: en qué enunciados aparece cada una, sin tildes. Palabra es lo que va
-- entre espacios: un término sin espacios está en el texto si y solo si está en una de
-- ellas. Con menos de 50.000 enunciados recorrerlos cuesta menos, y queda vacío.
create or replace table lectura_vocabulario as
with palabras as (
    select
        palabra,
        count(*) as apariciones
    from (
        select distinct
            posicion,
            unnest(string_split(texto_busqueda, ' ')) as palabra
        from lectura_enunciados
        where (select count(*) from lectura_enunciados as e) >= 50000
    ) as p
    group by palabra
)

select
    cast(row_number() over (order by palabra) as integer) as palabra_id,
    palabra,
    apariciones
from palabras
order by palabra_id;

create or replace table lectura_apariciones as
select
    v.palabra_id,
    cast(p.posicion as integer) as posicion
from (
    select distinct
        posicion,
        unnest(string_split(texto_busqueda, ' ')) as palabra
    from lectura_enunciados
    where (select count(*) from lectura_vocabulario) > 0
) as p
inner join lectura_vocabulario as v using (palabra)
order by v.palabra_id, p.posicion;
