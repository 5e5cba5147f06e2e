-- Los valores que ofrece cada filtro: una fila por filtro, valor y si es ficticio.
-- Solo valores que algún enunciado tiene: elegir uno nunca deja la pantalla vacía.
select
    'region' as filtro,
    u.valor,
    r.nombre as etiqueta,
    r.orden,
    '' as orden_texto,
    u.es_ficticio
from lectura_usos as u
inner join regiones as r on u.columna = 'region_id' and u.valor = r.region_id
union all
select
    'anio' as filtro,
    valor,
    valor as etiqueta,
    cast(valor as integer) as orden,
    '' as orden_texto,
    es_ficticio
from lectura_usos
where columna = 'anio'
union all
select
    'pregunta' as filtro,
    q.clave as valor,
    case
        when count(distinct q.tema_id) > 1
            then concat('Varios temas. ', min(q.pregunta))
        else concat(cast(min(q.tema_id) as varchar), '. ', min(q.pregunta))
    end as etiqueta,
    case when count(distinct q.tema_id) > 1 then 0 else min(q.tema_id) end as orden,
    '' as orden_texto,
    q.es_ficticio
from lectura_preguntas as q
where q.enunciados > 0
group by q.clave, q.es_ficticio
union all
select
    'dialogo' as filtro,
    u.valor,
    d.nombre as etiqueta,
    r.orden * 10000 + coalesce(d.anio, 0) as orden,
    '' as orden_texto,
    u.es_ficticio
from lectura_usos as u
inner join dialogos as d on u.columna = 'dialogo_id' and u.valor = d.dialogo_id
inner join regiones as r using (region_id)
union all
select
    'tema' as filtro,
    u.valor,
    concat(u.valor, '. ', t.nombre) as etiqueta,
    t.tema_id as orden,
    '' as orden_texto,
    u.es_ficticio
from lectura_usos as u
inner join temas as t on u.columna = 'tema_id' and u.valor = cast(t.tema_id as varchar)
union all
select distinct
    'grupo' as filtro,
    g.grupo_id as valor,
    g.grupo as etiqueta,
    0 as orden,
    g.grupo_orden as orden_texto,
    u.es_ficticio
from lectura_usos as u
inner join lectura_grupos as g
    on u.columna = 'convocatoria' and u.valor = g.convocatoria
union all
select
    u.columna as filtro,
    u.valor,
    k.nombre as etiqueta,
    k.orden,
    '' as orden_texto,
    u.es_ficticio
from lectura_usos as u
inner join lectura_codigos as k
    on u.columna = k.faceta and u.valor = k.codigo
union all
select distinct
    'instrumento' as filtro,
    i.instrumento_id as valor,
    case
        when i.estado = 'propuesto' then concat(i.instrumento, ' (propuesto)')
        else i.instrumento
    end as etiqueta,
    case when i.estado = 'propuesto' then 1 else 0 end as orden,
    i.instrumento_orden as orden_texto,
    u.es_ficticio
from lectura_usos as u
inner join lectura_instrumentos as i
    on u.columna = 'tratados' and u.valor = i.tratados
union all
select
    'mesa' as filtro,
    valor,
    case valor
        when 'conjunto' then 'Registro conjunto'
        when 'plenario' then 'Plenario'
        else concat('Mesa ', valor)
    end as etiqueta,
    case valor
        when 'A' then 1
        when 'B' then 2
        when 'conjunto' then 3
        else 4
    end as orden,
    '' as orden_texto,
    es_ficticio
from lectura_usos
where columna = 'mesa'
order by filtro, valor, es_ficticio
