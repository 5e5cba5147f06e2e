-- ¿De qué instrumentos se habló y cómo? Una fila por instrumento y naturaleza.
-- Un enunciado cuenta en cada instrumento que menciona. Propuesto no es existente.
select
    i.instrumento_id,
    i.instrumento,
    i.estado,
    case
        when i.estado = 'propuesto' then concat(i.instrumento, ' (propuesto)')
        else i.instrumento
    end as rotulo,
    s.naturaleza,
    s.naturaleza_nombre,
    count(*) as enunciados,
    sum(count(*)) over (partition by i.instrumento_id) as del_instrumento
from seleccion as s
inner join lectura_instrumentos as i on s.enunciado_id = i.enunciado_id
group by
    i.instrumento_id, i.instrumento, i.instrumento_orden, i.estado, s.naturaleza,
    s.naturaleza_nombre, s.naturaleza_orden
order by
    del_instrumento desc, i.instrumento_orden, i.instrumento_id, s.naturaleza_orden,
    s.naturaleza
