-- ¿Qué puso cada quien al leer un enunciado? Una fila por lectura y código o
-- instrumento. Una lectura sin instrumentos no tiene filas de ellos.
-- De los filtros solo mira los de diálogo y el de tema.
with puestos as (
    select
        c.enunciado_id,
        c.libro_id,
        c.codificador_id,
        c.faceta as que,
        c.codigo as valor,
        k.nombre,
        c.es_principal
    from codificaciones as c
    inner join codigos as k
        on c.libro_id = k.libro_id and c.faceta = k.faceta and c.codigo = k.codigo
    union all
    select
        l.enunciado_id,
        l.libro_id,
        l.codificador_id,
        'instrumento' as que,
        ei.instrumento_id as valor,
        i.nombre,
        ei.es_principal
    from lecturas as l
    inner join enunciados_instrumentos as ei
        on
            l.enunciado_id = ei.enunciado_id
            and l.codificador_id = ei.codificador_id
    inner join instrumentos as i on ei.instrumento_id = i.instrumento_id
)

select
    e.enunciado_id,
    l.libro_id,
    l.codificador_id,
    q.clase,
    l.momento,
    l.es_adjudicacion,
    l.nota,
    l.version,
    p.que,
    p.valor,
    p.nombre,
    p.es_principal
from lecturas as l
inner join enunciados as e on l.enunciado_id = e.enunciado_id
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join elegidos as d on td.dialogo_id = d.dialogo_id
inner join codificadores as q on l.codificador_id = q.codificador_id
inner join puestos as p
    on
        l.enunciado_id = p.enunciado_id
        and l.libro_id = p.libro_id
        and l.codificador_id = p.codificador_id
left join retirados as r on e.enunciado_id = r.enunciado_id
where
    r.enunciado_id is null
    and e.enunciado_id = :enunciado
    and (:tema is null or array_contains(:tema, td.tema_id))
order by q.clase, l.momento, l.codificador_id, l.libro_id, p.que, p.valor
