-- ¿Cuántos enunciados de la selección tiene cada valor de un filtro? Una fila por valor
-- de `filtro` que tenga alguno. Un enunciado cuenta en cada grupo convocado a su mesa y
-- en cada instrumento que menciona: esos no se suman.
with casillas as (
    select
        case :filtro
            when 'region' then region_id
            when 'anio' then cast(anio as string)
            when 'dialogo' then dialogo_id
            when 'tema' then cast(tema_id as string)
            when 'pregunta' then pregunta_clave
            when 'tipo' then tipo
            when 'naturaleza' then naturaleza
            when 'mesa' then mesa
            when 'grupo' then convocatoria
            when 'instrumento' then tratados
        end as casilla,
        sum(enunciados) as enunciados
    from recuento
    group by casilla
),

miembros as (
    select
        convocatoria as casilla,
        grupo_id as miembro
    from lectura_grupos
    where :filtro = 'grupo'
    union all
    select
        tratados as casilla,
        instrumento_id as miembro
    from lectura_instrumentos
    where :filtro = 'instrumento'
)

select
    coalesce(m.miembro, c.casilla) as valor,
    sum(c.enunciados) as enunciados
from casillas as c
left join miembros as m on c.casilla = m.casilla
where c.casilla is not null
group by valor
order by valor
