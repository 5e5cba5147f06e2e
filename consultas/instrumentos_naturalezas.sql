-- ¿De qué instrumentos se habló y cómo? Una fila por instrumento y naturaleza.
-- Un enunciado cuenta en cada instrumento que menciona. Propuesto no es existente.
with por_conjunto as (
    select
        tratados,
        naturaleza,
        naturaleza_nombre,
        naturaleza_orden,
        count(*) as enunciados
    from seleccion
    group by tratados, naturaleza, naturaleza_nombre, naturaleza_orden
)

select
    i.instrumento_id,
    i.instrumento,
    i.estado,
    case
        when i.estado = 'propuesto' then concat(i.instrumento, ' (propuesto)')
        else i.instrumento
    end as rotulo,
    c.naturaleza,
    c.naturaleza_nombre,
    sum(c.enunciados) as enunciados,
    sum(sum(c.enunciados)) over (partition by i.instrumento_id) as del_instrumento
from por_conjunto as c
inner join lectura_instrumentos as i on c.tratados = i.tratados
group by
    i.instrumento_id, i.instrumento, i.instrumento_orden, i.estado, c.naturaleza,
    c.naturaleza_nombre, c.naturaleza_orden
order by
    del_instrumento desc, i.instrumento_orden, i.instrumento_id, c.naturaleza_orden,
    c.naturaleza
