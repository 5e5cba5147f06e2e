-- ¿Qué mesas tiene un diálogo y en qué soporte quedó su registro? Una fila por mesa.
select
    m.mesa_id,
    d.nombre as dialogo,
    td.tema_dialogo_id,
    td.numero as tema_numero,
    td.nombre as tema,
    m.letra,
    m.participantes,
    m.registro,
    a.soporte
from mesas as m
inner join temas_dialogo as td on m.tema_dialogo_id = td.tema_dialogo_id
inner join dialogos as d on td.dialogo_id = d.dialogo_id
left join actas as a on m.mesa_id = a.mesa_id
where d.dialogo_id = :dialogo_elegido
order by td.numero, m.letra
