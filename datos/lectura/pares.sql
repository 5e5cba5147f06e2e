-- Las dos mesas de cada tema en una fila: qué registro dejaron y cuántas personas hubo.
-- `registro` es propio, conjunto, sin registro o, si las mesas difieren, incompleto.
select
    t.tema_dialogo_id,
    t.dialogo_id,
    t.dialogo,
    t.tema_id,
    t.numero as tema_numero,
    t.nombre as tema,
    case
        when min(m.registro) <> max(m.registro) then 'incompleto'
        else min(m.registro)
    end as registro,
    max(case when m.letra = 'A' then m.participantes end) as participantes_a,
    max(case when m.letra = 'B' then m.participantes end) as participantes_b,
    t.desde as posicion
from mesas as m
inner join lectura_temas as t on m.tema_dialogo_id = t.tema_dialogo_id
group by all
order by posicion
