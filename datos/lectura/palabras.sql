-- Índice de palabras de los enunciados de `temas_por_derivar`, codificados o no: en qué
-- posiciones aparece cada una, sin tildes. Palabra es lo que va entre espacios: un
-- término sin espacios está en el texto si y solo si está en una de ellas.
create or replace temp table entran as
select
    t.desde + e.orden as posicion,
    unnest(list_distinct(string_split(strip_accents(lower(e.texto)), ' '))) as palabra
from enunciados as e
inner join lectura_temas as t using (tema_dialogo_id)
where e.tema_dialogo_id in (select p.tema_dialogo_id from temas_por_derivar as p);

insert into lectura_vocabulario
select
    (select coalesce(max(v.palabra_id), 0) from lectura_vocabulario as v)
    + row_number() over (order by n.palabra) as palabra_id,
    n.palabra,
    0 as apariciones
from (
    select distinct palabra
    from entran
    where palabra not in (select v.palabra from lectura_vocabulario as v)
) as n;

insert into lectura_apariciones
select
    v.palabra_id,
    e.posicion
from entran as e
inner join lectura_vocabulario as v using (palabra)
order by v.palabra_id, e.posicion;

update lectura_vocabulario as v
set apariciones = v.apariciones + e.veces
from (
    select
        palabra,
        count(*) as veces
    from entran
    group by palabra
) as e
where v.palabra = e.palabra;
