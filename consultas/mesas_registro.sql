-- ¿Qué registro dejó cada mesa? Una fila por mesa de los diálogos y temas filtrados.
-- Participantes vacío es «no consta».
select
    d.nombre as dialogo,
    td.tema_dialogo_id,
    td.tema_id,
    td.numero as tema_numero,
    td.nombre as tema,
    m.letra,
    m.registro,
    m.participantes,
    count(e.enunciado_id) as enunciados
from mesas as m
inner join temas_dialogo as td on m.tema_dialogo_id = td.tema_dialogo_id
inner join dialogos as d on td.dialogo_id = d.dialogo_id
inner join regiones as r on d.region_id = r.region_id
left join enunciados as e on m.mesa_id = e.mesa_id
where
    (:dialogo is null or array_contains(:dialogo, d.dialogo_id))
    and (:tema is null or array_contains(:tema, td.tema_id))
group by
    d.dialogo_id, d.nombre, d.anio, r.orden, td.tema_dialogo_id, td.tema_id,
    td.numero, td.nombre, m.letra, m.registro, m.participantes
order by r.orden, d.anio nulls last, d.dialogo_id, td.numero, m.letra
