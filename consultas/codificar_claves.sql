-- ¿Cuáles son los enunciados que rigen, codificados o no? Una fila por enunciado.
-- De los filtros solo mira los de diálogo y el de tema.
select e.enunciado_id
from enunciados as e
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
left join retirados as r on e.enunciado_id = r.enunciado_id
where
    r.enunciado_id is null
    and (:tema is null or array_contains(:tema, td.tema_id))
order by d.nombre, d.dialogo_id, td.numero, e.orden, e.enunciado_id
