-- Las dos mesas de cada tema en una fila: qué registro dejaron y cuántas personas hubo.
-- `registro` es propio, conjunto, sin registro o, si las mesas difieren, incompleto.
create or replace table lectura_pares as
select
    td.tema_dialogo_id,
    td.dialogo_id,
    d.nombre as dialogo,
    td.tema_id,
    td.numero as tema_numero,
    td.nombre as tema,
    case
        when min(m.registro) <> max(m.registro) then 'incompleto'
        else min(m.registro)
    end as registro,
    max(case when m.letra = 'A' then m.participantes end) as participantes_a,
    max(case when m.letra = 'B' then m.participantes end) as participantes_b,
    row_number() over (order by r.orden, d.anio, td.dialogo_id, td.numero) as posicion
from mesas as m
inner join temas_dialogo as td on m.tema_dialogo_id = td.tema_dialogo_id
inner join dialogos as d on td.dialogo_id = d.dialogo_id
inner join regiones as r on d.region_id = r.region_id
group by
    td.tema_dialogo_id, td.dialogo_id, d.nombre, d.anio, r.orden, td.tema_id,
    td.numero, td.nombre
order by posicion;
