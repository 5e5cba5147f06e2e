-- ¿Cuántas lecturas hizo una clase de codificador con cada versión del libro? Una fila
-- por versión. `repetidas`: las que se guardaron más de una vez. No cuenta las que
-- adjudican; de los filtros solo mira los de diálogo y el de tema.
select
    l.libro_id,
    count(*) as lecturas,
    sum(case when l.version > 1 then 1 else 0 end) as repetidas
from lecturas as l
inner join codificadores as q on l.codificador_id = q.codificador_id
inner join enunciados as e on l.enunciado_id = e.enunciado_id
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
left join retirados as r on l.enunciado_id = r.enunciado_id
where
    q.clase = :clase
    and not l.es_adjudicacion
    and r.enunciado_id is null
    and (:tema is null or array_contains(:tema, td.tema_id))
group by l.libro_id
order by l.libro_id
