-- Saca del índice de palabras las de las posiciones de `posiciones`.
create or replace temp table salen as
select
    palabra_id,
    count(*) as veces
from lectura_apariciones
where posicion in (select p.posicion from posiciones as p)
group by palabra_id;

delete from lectura_apariciones
where posicion in (select p.posicion from posiciones as p);

update lectura_vocabulario as v
set apariciones = v.apariciones - s.veces
from salen as s
where v.palabra_id = s.palabra_id;

delete from lectura_vocabulario
where apariciones = 0;
