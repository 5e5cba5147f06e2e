-- ¿Cuántos enunciados cargados nadie codificó todavía? Una fila por diálogo filtrado
-- que los tenga. No se cuentan en ninguna otra parte.
select
    d.dialogo_id,
    d.nombre as dialogo,
    count(*) as enunciados
from enunciados as e
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
left join lectura_enunciados as l on e.enunciado_id = l.enunciado_id
left join retirados as r on e.enunciado_id = r.enunciado_id
where l.enunciado_id is null and r.enunciado_id is null
group by d.dialogo_id, d.nombre
order by d.nombre, d.dialogo_id
