-- Al pasar a la versión 4: la lectura de la que salió cada codificación que ya estaba.
-- Las reglas no leen. La única adjudicación anterior se reconoce por su seudónimo.
insert into lecturas
select
    c.enunciado_id,
    c.libro_id,
    c.codificador_id,
    cast(max(c.fecha) as timestamp) as momento,
    starts_with(c.codificador_id, 'adjudicacion-') as es_adjudicacion,
    null as nota,
    1 as version
from codificaciones as c
inner join codificadores as q using (codificador_id)
where q.clase <> 'regla'
group by c.enunciado_id, c.libro_id, c.codificador_id;
