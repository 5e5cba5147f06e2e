-- ¿Qué valores ofrece cada filtro? Una fila por filtro y valor.
-- Solo valores que algún enunciado tiene: elegir uno nunca deja la pantalla vacía.
with opciones as (
    select distinct
        'dialogo' as filtro,
        dialogo_id as valor,
        dialogo as etiqueta,
        region_orden * 10000 + coalesce(anio, 0) as orden,
        '' as orden_texto
    from lectura_enunciados
    union all
    select distinct
        'tema' as filtro,
        cast(tema_id as string) as valor,
        concat(cast(tema_id as string), '. ', tema_canonico) as etiqueta,
        tema_id as orden,
        '' as orden_texto
    from lectura_enunciados
    union all
    select distinct
        'grupo' as filtro,
        grupo_id as valor,
        grupo as etiqueta,
        0 as orden,
        grupo_orden as orden_texto
    from lectura_grupos
    union all
    select distinct
        'tipo' as filtro,
        tipo as valor,
        tipo_nombre as etiqueta,
        tipo_orden as orden,
        '' as orden_texto
    from lectura_enunciados
    union all
    select distinct
        'naturaleza' as filtro,
        naturaleza as valor,
        naturaleza_nombre as etiqueta,
        naturaleza_orden as orden,
        '' as orden_texto
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
        instrumento_orden as orden_texto
    from lectura_instrumentos
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
        '' as orden_texto
    from lectura_enunciados
)

select
    filtro,
    valor,
    etiqueta
from opciones
order by filtro, orden, orden_texto, valor
