-- Los valores que ofrece cada filtro: una fila por filtro, valor y si es ficticio.
-- Solo valores que algún enunciado tiene: elegir uno nunca deja la pantalla vacía.
create or replace table lectura_opciones as
select distinct
    'region' as filtro,
    region_id as valor,
    region as etiqueta,
    region_orden as orden,
    '' as orden_texto,
    es_ficticio
from lectura_enunciados
union all
select distinct
    'anio' as filtro,
    cast(anio as string) as valor,
    cast(anio as string) as etiqueta,
    anio as orden,
    '' as orden_texto,
    es_ficticio
from lectura_enunciados
where anio is not null
union all
select
    'pregunta' as filtro,
    pregunta_clave as valor,
    case
        when count(distinct tema_id) > 1
            then concat('Varios temas. ', min(pregunta))
        else concat(cast(min(tema_id) as string), '. ', min(pregunta))
    end as etiqueta,
    case when count(distinct tema_id) > 1 then 0 else min(tema_id) end as orden,
    '' as orden_texto,
    es_ficticio
from lectura_enunciados
where pregunta_clave is not null
group by pregunta_clave, es_ficticio
union all
select distinct
    'dialogo' as filtro,
    dialogo_id as valor,
    dialogo as etiqueta,
    region_orden * 10000 + coalesce(anio, 0) as orden,
    '' as orden_texto,
    es_ficticio
from lectura_enunciados
union all
select distinct
    'tema' as filtro,
    cast(tema_id as string) as valor,
    concat(cast(tema_id as string), '. ', tema_canonico) as etiqueta,
    tema_id as orden,
    '' as orden_texto,
    es_ficticio
from lectura_enunciados
union all
select distinct
    'grupo' as filtro,
    grupo_id as valor,
    grupo as etiqueta,
    0 as orden,
    grupo_orden as orden_texto,
    es_ficticio
from (
    select distinct
        convocatoria,
        es_ficticio
    from lectura_enunciados
) as c
inner join lectura_grupos using (convocatoria)
union all
select distinct
    'tipo' as filtro,
    tipo as valor,
    tipo_nombre as etiqueta,
    tipo_orden as orden,
    '' as orden_texto,
    es_ficticio
from lectura_enunciados
union all
select distinct
    'naturaleza' as filtro,
    naturaleza as valor,
    naturaleza_nombre as etiqueta,
    naturaleza_orden as orden,
    '' as orden_texto,
    es_ficticio
from lectura_enunciados
union all
select distinct
    'instrumento' as filtro,
    instrumento_id as valor,
    case
        when estado = 'propuesto' then concat(instrumento, ' (propuesto)')
        else instrumento
    end as etiqueta,
    case when estado = 'propuesto' then 1 else 0 end as orden,
    instrumento_orden as orden_texto,
    es_ficticio
from (
    select distinct
        tratados,
        es_ficticio
    from lectura_enunciados
) as c
inner join lectura_instrumentos using (tratados)
union all
select distinct
    'mesa' as filtro,
    mesa as valor,
    case mesa
        when 'conjunto' then 'Registro conjunto'
        when 'plenario' then 'Plenario'
        else concat('Mesa ', mesa)
    end as etiqueta,
    case mesa
        when 'A' then 1
        when 'B' then 2
        when 'conjunto' then 3
        else 4
    end as orden,
    '' as orden_texto,
    es_ficticio
from lectura_enunciados;
